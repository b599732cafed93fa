"""Practices written by programs, by the rules of the form."""

from sqlalchemy import func, select

from forum.core.events import Event
from forum.core.text import MAX_INPUT
from forum.entries.models import Revision
from forum.practices.models import Practice


def kept(session, **where):
    session.commit()
    return session.scalars(select(Practice).filter_by(**where), execution_options={"populate_existing": True}).one()


def revisions(session, id):
    session.commit()
    found = session.scalars(select(Revision).where(Revision.entry_id == id).order_by(Revision.number)).all()
    session.commit()
    return found


def test_a_card_is_published_and_read_back(program, guest, make, card):
    author = make.person()
    made = program(author).post("/practices", card | {"external_id": "ext-1", "publish": True})
    assert made["state"] == "published" and made["published_at"]
    read = guest.get(f"/practices/{made['id']}")
    assert {name: read[name] for name in card if name not in ("indicators", "steps", "tags", "contact")} == {
        name: value for name, value in card.items() if name not in ("indicators", "steps", "tags", "contact")
    }
    assert read["tags"] == ["остановки", "транспорт"] and read["total"] == 1_500_000 and read["per_resident"] == 12.5
    assert read["indicators"][0]["after"] == 31.5 and read["steps"][0]["what"] == "Закупка"
    assert read["author"]["handle"] == author.handle and read["external_id"] == "ext-1"
    assert "<strong>сорок минут</strong>" in read["html"]["problem"]


def test_what_was_made_has_an_address(program, make, card):
    response = program(make.person()).ask("POST", "/practices", 201, json=card)
    assert response.headers["Location"] == f"/api/v1/practices/{response.json['id']}"
    assert response.json["state"] == "draft" and response.json["published_at"] is None


def test_a_draft_may_lack_anything_but_its_title(program, guest, make):
    author = program(make.person())
    made = author.post("/practices", {"title": "Только название"})
    guest.get(f"/practices/{made['id']}", expect=404)
    missing = author.patch(f"/practices/{made['id']}", {"publish": True}, expect=422)["errors"]
    assert set(missing) == {"summary", "municipality", "nomination", "problem", "solution", "results"}
    assert set(author.post("/practices", {}, expect=422)["errors"]) == {"title"}


def test_an_incomplete_card_is_not_published_and_leaves_nothing(program, make, card, session):
    errors = program(make.person()).post("/practices", card | {"solution": "", "publish": True}, expect=422)["errors"]
    assert set(errors) == {"solution"}
    assert session.scalar(select(func.count()).select_from(Practice)) == 0


def test_a_newcomers_practice_waits_for_a_moderator(program, guest, make, card):
    newcomer = make.person(trusted=False)
    made = program(newcomer).post("/practices", card | {"publish": True})
    assert made["state"] == "waiting"
    guest.get(f"/practices/{made['id']}", expect=404)
    assert program(make.moderator()).get(f"/practices/{made['id']}")["state"] == "waiting"


NOT_THEIRS = [
    ("author", {"id": 1}), ("author_id", 1), ("score", 100), ("state", "published"), ("id", 5), ("published_at", "2020-01-01T00:00:00Z"),
    ("html", {"problem": "<script>"}), ("locked", True), ("region_code", "69"), ("listed_at", "x"), ("author_id", 2), ("slug", "x"),
]  # fmt: skip


def test_nobody_sets_what_is_not_theirs_to_set(program, make, card):
    author = program(make.person())
    made = author.post("/practices", card)
    for field, value in NOT_THEIRS:
        assert set(author.post("/practices", card | {field: value}, expect=422)["errors"]) == {field}
        assert set(author.patch(f"/practices/{made['id']}", {field: value}, expect=422)["errors"]) == {field}
    assert author.get(f"/practices/{made['id']}") == made


WRONG = [
    ({"title": "x" * 251}, "title"), ({"title": 5.5}, "title"), ({"title": ["x"]}, "title"), ({"summary": "x" * 601}, "summary"),
    ({"status": "great"}, "status"), ({"status": {}}, "status"), ({"region": "00"}, "region"), ({"region": "РФ"}, "region"),
    ({"nomination": 99}, "nomination"), ({"nomination": "первая"}, "nomination"), ({"nomination": True}, "nomination"),
    ({"started": "2024-13"}, "started"), ({"started": "2024-05", "finished": "2024-04"}, "finished"), ({"costs": []}, "costs"),
    ({"costs": {"local": -1}}, "costs-local"), ({"costs": {"local": 1.5}}, "costs-local"), ({"costs": {"moon": 1}}, "costs-moon"),
    ({"costs": {"local": 10**30}}, "costs-local"), ({"upkeep": "много"}, "upkeep"), ({"beneficiaries": 10**12}, "beneficiaries"),
    ({"indicators": [{"name": "x", "before": "a"}]}, "indicators-0-before"), ({"indicators": [{"unit": "x"}]}, "indicators-0-name"),
    ({"indicators": "x"}, "indicators"), ({"steps": [5]}, "steps-0"), ({"steps": [{"what": "x"}] * 101}, "steps"),
    ({"resources": [{"kind": "gold", "what": "x"}]}, "resources-0-kind"), ({"tags": "один"}, "tags"), ({"tags": [{}]}, "tags-0"),
    ({"donor": "nobody"}, "donor"), ({"valid_on": "вчера"}, "valid_on"), ({"publish": "yes"}, "publish"), ({"publish": 1}, "publish"),
    ({"problem": "x" * (MAX_INPUT + 1)}, "problem"), ({"external_id": "x" * 101}, "external_id"),
]  # fmt: skip


def test_wrong_values_are_named_at_their_field(program, make, card, session):
    author = program(make.person())
    for given, named in WRONG:
        errors = author.post("/practices", card | given, expect=422)["errors"]
        assert set(errors) == {named} and all(errors[named])
    assert session.scalar(select(func.count()).select_from(Practice)) == 0


def test_all_that_is_wrong_is_told_at_once(program, make):
    wrong = {"title": "", "status": "?", "costs": {"local": "x"}, "hack": 1}
    assert set(program(make.person()).post("/practices", wrong, expect=422)["errors"]) == {"title", "status", "costs-local", "hack"}


def test_a_change_touches_only_what_it_names(program, make, session):
    author = make.person()
    practice = make.practice(author=author, tags=["свет"], lessons="Урок")
    before = program(author).get(f"/practices/{practice.id}")
    after = program(author).patch(f"/practices/{practice.id}", {"title": "Новое имя", "costs": {"local": 5}})
    assert after["title"] == "Новое имя" and after["costs"] == before["costs"] | {"local": 5}
    changed = {"title", "costs", "total", "per_resident", "shares", "url", "version", "edited_at"}
    assert {name: after[name] for name in after if name not in changed} == {name: before[name] for name in before if name not in changed}
    assert after["version"] == before["version"] + 1 and after["edited_at"]
    first, second = revisions(session, practice.id)
    assert (first.snapshot["title"], second.snapshot["title"], second.author_id) == (practice.title, "Новое имя", author.id)


def test_an_empty_change_changes_nothing(program, make, session):
    practice = make.practice()
    after = program(practice.author).patch(f"/practices/{practice.id}", {"title": practice.title})
    assert after["version"] == practice.version and len(revisions(session, practice.id)) == 1


def test_null_empties_a_field_of_a_draft_but_not_of_what_others_read(program, make):
    author = make.person()
    draft, public = make.practice(author=author, state="draft"), make.practice(author=author)
    one = program(author)
    emptied = one.patch(f"/practices/{draft.id}", {"nomination": None, "started": None, "solution": ""})
    assert (emptied["nomination"], emptied["started"], emptied["solution"]) == (None, None, "")
    refused = one.patch(f"/practices/{public.id}", {"solution": None, "nomination": None}, expect=422)
    assert set(refused["errors"]) == {"solution", "nomination"}
    assert one.patch(f"/practices/{public.id}", {"lessons": None})["state"] == "published"


def test_who_changed_it_first_wins(program, make):
    practice = make.practice()
    one = program(practice.author)
    version = one.get(f"/practices/{practice.id}")["version"]
    one.patch(f"/practices/{practice.id}", {"title": "Первый", "version": version})
    one.patch(f"/practices/{practice.id}", {"title": "Второй", "version": version}, expect=409)
    assert one.get(f"/practices/{practice.id}")["title"] == "Первый"
    one.patch(f"/practices/{practice.id}", {"title": "Второй", "version": "3"}, expect=422)


def test_only_authors_and_moderators_of_the_region_change(program, make, session):
    practice = make.practice()
    path, change = f"/practices/{practice.id}", {"title": "Поправлено"}
    program(make.person()).patch(path, change, expect=403)
    program(make.moderator(regions=["69"])).patch(path, change, expect=403)
    assert program(make.moderator(regions=["40"])).patch(path, change | {"reason": "Опечатка"})["title"] == "Поправлено"
    # A program that knows of no reasons works on, and the author reads how it was done.
    assert program(make.moderator(regions=["40"])).patch(path, {"title": "Ещё раз"})["title"] == "Ещё раз"
    edits = session.scalars(select(Event.reason).where(Event.kind == "moderation.edited").order_by(Event.id)).all()
    assert edits == ["Опечатка", "Исправлено через API."]
    hidden = make.practice(state="hidden")
    program(hidden.author).patch(f"/practices/{hidden.id}", change, expect=403)


def test_a_moderator_does_not_publish_for_the_author(program, make):
    waiting = make.practice(state="waiting")
    program(make.moderator()).patch(f"/practices/{waiting.id}", {"publish": True}, expect=403)


def test_an_external_id_leads_to_no_practice_of_others(program, make, card, session):
    theirs = make.practice("Чужая", external_id="ext-1", state="draft")
    mine = program(make.person())
    assert set(mine.post("/practices", card | {"external_id": "ext-1"}, expect=422)["errors"]) == {"external_id"}
    made = mine.post("/practices", card | {"external_id": "ext-2"})
    mine.patch(f"/practices/{made['id']}", {"external_id": "ext-1"}, expect=422)
    assert mine.patch(f"/practices/{made['id']}", {"external_id": "ext-3"})["external_id"] == "ext-3"
    assert kept(session, id=theirs.id).title == "Чужая"


def test_drafts_leave_no_history_for_others_to_read(program, make, card, session):
    author = program(make.person())
    made = author.post("/practices", card | {"lessons": "Тайна"})
    author.patch(f"/practices/{made['id']}", {"lessons": "Можно всем", "publish": True})
    assert [one.snapshot["lessons"] for one in revisions(session, made["id"])] == ["Можно всем"]


def test_markup_from_programs_is_safe(program, guest, make, card):
    evil = "<script>alert(1)</script> [x](javascript:alert(1)) <img src=x onerror=alert(1)>"
    made = program(make.person()).post("/practices", card | {"solution": evil, "title": "<b>жирно</b>", "publish": True})
    html = guest.get(f"/practices/{made['id']}")["html"]["solution"]
    assert "<script" not in html and "<img" not in html and "href=\"javascript" not in html
