"""`flask practices import`: good rows come in, bad ones are told by line and field, a second run doubles nothing."""

import json

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from forum.entries.models import Revision, State
from forum.places.models import Municipality
from forum.practices.models import Practice
from forum.search.models import Queued

FULL = {
    "external_id": "p-1", "title": "Светлые дворы", "summary": "Заменили светильники.", "problem": "**Темно.**", "solution": "Контракт.",
    "results": "Светло.", "municipality": "Обнинск", "region": "40", "nomination": 1, "status": "finished", "started": "2022-03",
    "finished": "2023-11", "costs": {"local": 1200000, "extra": 300000}, "tags": ["Освещение", "дворы"], "lessons": "Считайте сами.",
    "indicators": [{"name": "Расход", "unit": "кВт·ч", "before": 870, "after": 298}],
}  # fmt: skip


def least(number, **more):
    return {"external_id": f"p-{number}", "title": f"Практика {number}", "summary": "Кратко.", **more}


def found(session, external_id="p-1"):
    session.rollback()
    session.expire_all()
    loads = (joinedload(Practice.municipality), selectinload(Practice.tags))
    practice = session.scalar(select(Practice).where(Practice.external_id == external_id).options(*loads))
    session.commit()  # or the next command would wait for this session's lock
    return practice


def test_a_full_card_is_published_with_all_it_says(session, admin, run, lines):
    result = run("practices", "import", lines(FULL), "--author", "admin@demo.example", "--publish")
    assert result.exit_code == 0, result.output
    practice = found(session)
    assert (practice.state, practice.author_id, practice.title) == (State.PUBLISHED, admin.id, "Светлые дворы")
    assert (practice.municipality.name, practice.region, practice.region_code) == ("Обнинск", "40", "40")
    assert practice.costs == {"local": 1_200_000, "regional": None, "federal": None, "extra": 300_000}
    assert [tag.name for tag in practice.tags] == ["дворы", "освещение"]
    assert practice.html["problem"].strip() == "<p><strong>Темно.</strong></p>"
    assert (practice.year, practice.listed_at, practice.list_score) == (2023, practice.published_at, 0)
    assert session.scalar(select(func.count()).select_from(Revision).where(Revision.entry_id == practice.id)) == 1
    assert session.scalar(select(Queued).where(Queued.document_id == practice.id).limit(1)) is not None


def test_without_publish_it_is_a_draft_and_publish_later_shows_it(session, admin, run, lines):
    file = lines(least(1))
    assert run("practices", "import", file).exit_code == 0
    assert found(session).state == State.DRAFT
    assert "обновлено: 1" in run("practices", "import", file, "--publish").stdout
    assert found(session).state == State.PUBLISHED


def test_a_second_run_updates_what_differs_and_doubles_nothing(session, admin, run, lines):
    run("practices", "import", lines(FULL, least(2)), "--publish")
    before = found(session).version
    again = run("practices", "import", lines(FULL, least(2, title="Другое название")), "--publish")
    assert "Добавлено: 0, обновлено: 1, без изменений: 1" in again.stdout
    assert session.scalar(select(func.count()).select_from(Practice)) == 2
    assert found(session).version == before
    second = found(session, "p-2")
    assert (second.title, second.slug) == ("Другое название", "drugoe-nazvanie")
    assert session.scalar(select(func.count()).select_from(Revision).where(Revision.entry_id == second.id)) == 2


def test_a_field_not_mentioned_stays_and_null_empties_it(session, admin, run, lines):
    run("practices", "import", lines(FULL))
    run("practices", "import", lines(least(1, lessons=None)))
    practice = found(session)
    assert practice.problem == "**Темно.**"
    assert practice.lessons == practice.html["lessons"] == ""


def test_bad_rows_are_told_by_line_and_field_and_the_good_ones_come_in(session, admin, run, lines):
    file = lines(
        least(1),
        "{не json",
        least(3, costs={"local": "много"}, started="вчера"),
        "",
        least(5, region="98"),
        {"title": "Без номера", "summary": "Кратко."},
        least(7, nomination=77),
        least(1, title="Повтор"),
        least(9, municipality="Неведомск"),
        least(10),
    )
    result = run("practices", "import", file, "--publish")
    assert result.exit_code == 1
    assert "Добавлено: 2, обновлено: 0, без изменений: 0, с ошибками: 7." in result.stdout
    for told in (
        "practices.jsonl:2: Строка не читается как JSON.",
        "practices.jsonl:3: costs-local: Здесь нужно целое число",
        "practices.jsonl:3: started: Здесь нужен месяц",
        "practices.jsonl:5: region: Нет региона с кодом «98».",
        "practices.jsonl:6: external_id: Не заполнено.",
        "practices.jsonl:7: nomination: Нет такой номинации. Подойдут: 1, 2, 3, 4, 5.",
        "practices.jsonl:8: external_id: Такой же external_id уже был в строке 1.",
        "practices.jsonl:9: region: Укажите код региона",
    ):
        assert told in result.stderr
    assert set(session.scalars(select(Practice.external_id))) == {"p-1", "p-10"}


def test_a_text_too_complex_to_render_is_a_bad_row_that_leaves_no_trace(session, admin, run, lines):
    result = run("practices", "import", lines(least(1, problem="[" * 6000, municipality="Новое село", region="40"), least(2)))
    assert "practices.jsonl:1: problem:" in result.stderr
    assert set(session.scalars(select(Practice.external_id))) == {"p-2"}
    assert session.scalar(select(Municipality).where(Municipality.name == "Новое село")) is None


def test_a_dry_run_tells_and_writes_nothing(session, admin, run, lines):
    result = run("practices", "import", lines(least(1, municipality="Новое село", region="40"), "{"), "--dry-run", "--publish")
    assert result.exit_code == 1
    assert "Проверка, ничего не записано. Добавлено: 1" in result.stdout
    assert session.scalar(select(func.count()).select_from(Practice)) == 0


def test_a_dry_run_over_several_batches_knows_donors_of_earlier_ones(session, admin, run, lines):
    rows = [*map(least, range(205)), least(900, donor="p-3"), least(901, donor="p-902")]
    result = run("practices", "import", lines(*rows), "--dry-run")
    assert "Добавлено: 206" in result.stdout
    assert "practices.jsonl:207: donor:" in result.stderr
    assert session.scalar(select(func.count()).select_from(Practice)) == 0


def test_places_unknown_are_added_unverified_and_merged_ones_give_their_successor(session, admin, run, lines):
    run("practices", "import", lines(least(1, municipality="Новое село", region="40"), least(2, municipality="Кимры", region=69)))
    assert found(session).municipality.verified is False
    assert found(session, "p-2").municipality.name == "Кимрский округ"


def test_a_donor_may_stand_further_down_the_file(session, admin, run, lines):
    result = run("practices", "import", lines(least(1, donor="p-2"), least(2), least(3, donor="p-404"), least(4, donor="p-4")))
    assert found(session).donor_id == found(session, "p-2").id
    assert "practices.jsonl:3: donor: Нет практики с внешним номером «p-404»." in result.stderr
    assert "practices.jsonl:4: donor:" in result.stderr


def test_what_a_moderator_hid_stays_hidden(session, admin, run, lines, make):
    run("practices", "import", lines(FULL), "--publish")
    practice = found(session)
    practice.hide(by=make.actor(make.admin()), reason="Реклама")
    session.commit()
    assert run("practices", "import", lines(FULL | {"title": "Иначе"}), "--publish").exit_code == 0
    assert (found(session).state, found(session).title) == (State.HIDDEN, "Иначе")


def test_an_unknown_author_or_kind_of_file_is_told_in_words(admin, run, lines):
    nobody = run("practices", "import", lines(least(1)), "--author", "nobody@example.org")
    assert nobody.exit_code == 1 and "Нет человека с почтой nobody@example.org." in nobody.stderr
    assert "одного из видов" in run("practices", "import", lines(least(1), name="practices.txt")).stderr


def test_a_thousand_broken_lines_never_crash(session, admin, run, lines):
    whole = json.dumps(FULL, ensure_ascii=False)
    size = len(whole)
    broken = [whole[: n % size] + chr(n) * (n % 3) + whole[(n * 7) % size :] for n in range(1000)]
    file = lines(*(line.replace("\n", " ").replace("\r", " ") for line in broken))
    result = run("practices", "import", file)
    assert result.exit_code == 1 and not isinstance(result.exception, Exception), result.output
