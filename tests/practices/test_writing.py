"""Writing a practice through the form, as a browser without JavaScript and as a bare script do."""

import pytest
from sqlalchemy import select

from forum.entries.models import Revision
from forum.places.models import Municipality
from forum.practices.models import Practice
from tests.practices.cards import card, nothing, only


@pytest.fixture
def author(make, sign_in):
    make.place("Обнинск")
    make.nomination(1)
    person = make.person("Мария Соколова")
    sign_in(person)
    return person


def test_the_contract_alone_publishes(author, visitor, session):
    sent = visitor.post("/practices/new", 303, data=card())
    practice = only(session)
    assert practice.is_published and practice.region == "40" and practice.author_id == author.id
    page = visitor.open(sent.response.headers["Location"])
    assert page.heading == "Светлые дворы"
    assert "Во дворах горел каждый третий светильник." in page.words
    assert session.scalars(select(Revision.number)).one() == 1


def test_a_guest_reads_what_was_published(author, visitor, browser, session):
    visitor.post("/practices/new", 303, data=card(contact="8 800 555-35-35"))
    page = browser().open(f"/practices/{only(session).id}/svetlye-dvory")
    assert "энергосервисный договор" in page.words and "Обнинск, Калужская область" in page.words
    assert "555-35-35" not in page.text
    assert "555-35-35" in visitor.open(f"/practices/{only(session).id}/svetlye-dvory").words


def test_every_field_of_the_card_is_kept(author, visitor, session, make):
    donor = make.practice("Донор")
    more = {
        "tags": "Освещение, дворы",
        "started": "2022-03",
        "finished": "11.2023",
        "costs-local": "1 700 000",
        "costs-extra": "13200000",
        "upkeep": "90 000",
        "steps-0-what": "Обследовали дворы",
        "steps-0-when": "весна 2022",
        "steps-0-who": "УЖКХ",
        "resources-0-kind": "act",
        "resources-0-what": "261-ФЗ",
        "indicators-0-name": "Расход энергии",
        "indicators-0-unit": "тыс. кВт·ч",
        "indicators-0-before": "410",
        "indicators-0-after": "197,5",
        "indicators-0-on": "12.2023",
        "indicators-0-source": "Счётчики",
        "beneficiaries": "40 000",
        "participants": "300",
        "donor": f"/practices/{donor.id}/donor",
        "valid_on": "31.03.2024",
        "goals": "Светло",
        "participation": "Голосовали",
        "lessons": "Лот был мал",
        "replication": "Нужен договор",
    }
    sent = visitor.post("/practices/new", 303, data=card(**more))
    kept = only(session, Practice.title == "Светлые дворы")
    assert (kept.started, kept.finished, kept.year, kept.total, kept.upkeep) == ("2022-03", "2023-11", 2023, 14_900_000, 90_000)
    assert kept.steps[0].who == "УЖКХ" and kept.resources[0].kind == "act" and kept.indicators[0].after == 197.5
    assert (kept.beneficiaries, kept.participants, kept.donor_id, str(kept.valid_on)) == (40_000, 300, donor.id, "2024-03-31")
    page = visitor.open(sent.response.headers["Location"])
    for words in ("Обследовали дворы", "261-ФЗ", "Что пошло не так", "Практика-донор: Донор", "31 марта 2024", "89 % вне бюджета", "−52 %"):
        assert words.replace(" ", " ") in page.words.replace("\u00a0", " "), words


def test_rows_come_and_go_without_scripts(author, visitor, session):
    fields = visitor.open("/practices/new").form("/practices/new") | card()
    fields |= {"steps-0-what": "Первый", "add_row": "steps"}
    again = visitor.post("/practices/new", 200, data=fields).form("/practices/new")
    assert again["steps-0-what"] == "Первый" and again["steps-1-what"] == "" and again["problem"] == card()["problem"]
    again |= {"steps-1-what": "Второй", "remove": "steps-0"}
    left = visitor.post("/practices/new", 200, data=again).form("/practices/new")
    assert left["steps-0-what"] == "Второй" and "steps-1-what" not in left
    assert nothing(session)


def test_errors_stand_at_their_fields_and_nothing_typed_is_lost(author, visitor, session):
    typed = card(title="", started="2024-05", finished="2023-01") | {
        "indicators-0-before": "много",
        "indicators-0-name": "Свет",
        "goals": "Ц" * 300,
    }
    page = visitor.post("/practices/new", 422, data=typed)
    fields = page.form("/practices/new")
    assert all(fields[name] == value for name, value in typed.items() if name not in ("started", "finished"))
    assert (fields["started"], fields["finished"]) == ("2024-05", "2023-01")
    assert "Напишите название." in page.words and "Окончание раньше начала" in page.words and "Нужно число" in page.words
    summary = page.tree.find(".//*[@id='errors']")
    assert summary.get("autofocus") is not None
    assert {"#title", "#finished", "#indicators-0-before"} <= {link.get("href") for link in summary.iter("a")}
    assert nothing(session)


@pytest.mark.parametrize(("length", "status"), [(250, 303), (251, 422), (100_000, 422)])
def test_a_title_has_its_limit(author, visitor, length, status):
    page = visitor.post("/practices/new", status, data=card(title="я" * length))
    if status == 422:
        assert "Слишком длинно: можно 250 знаков" in page.words
        assert page.form("/practices/new")["title"] == "я" * length


def test_a_draft_may_lack_anything(author, visitor, browser, make, session):
    sent = visitor.post("/practices/new", 303, action="draft")
    draft = only(session)
    assert draft.state == "draft" and sent.response.headers["Location"] == f"/practices/{draft.id}/edit"
    assert "Без названия" in visitor.open("/drafts").words
    browser().open(f"/practices/{draft.id}/item", 404)
    browser().sign_in(make.moderator()).open(f"/practices/{draft.id}/item", 404)


def test_a_draft_keeps_all_and_is_published_later(author, visitor, session):
    visitor.post("/practices/new", 303, data=card(action="draft"))
    draft = only(session)
    fields = visitor.open(f"/practices/{draft.id}/edit").form(f"/practices/{draft.id}/edit")
    assert {name: fields[name] for name in card() if name != "municipality"} == {k: v for k, v in card().items() if k != "municipality"}
    assert fields["municipality"] == "Обнинск, Калужская область"
    visitor.post(f"/practices/{draft.id}/publication", 303)
    assert only(session).is_published


def test_an_incomplete_draft_is_shown_what_it_lacks(author, visitor, session):
    visitor.post("/practices/new", 303, data=card(results="", action="draft"))
    number = only(session).id
    sent = visitor.post(f"/practices/{number}/publication", 303)
    assert "Опишите результаты." in visitor.open(sent.response.headers["Location"]).words
    assert only(session).state == "draft"


def test_a_newcomers_practice_waits(make, sign_in, visitor, browser, session):
    make.place("Обнинск")
    make.nomination(1)
    sign_in(make.person("Новичок", trusted=False))
    sent = visitor.post("/practices/new", 303, data=card())
    practice = only(session)
    assert practice.state == "waiting"
    assert "Ждёт проверки" in visitor.open(sent.response.headers["Location"]).words
    browser().open(f"/practices/{practice.id}/{practice.slug}", 404)


def test_the_second_press_makes_no_second_practice(author, visitor, session):
    first = visitor.post("/practices/new", 303, data=card())
    second = visitor.post("/practices/new", 303, data=card())
    assert first.response.headers["Location"] == second.response.headers["Location"]
    only(session)


def test_a_preview_shows_and_saves_nothing(author, visitor, session):
    page = visitor.post("/practices/new", 200, data=card(action="preview") | {"steps-0-what": "Обследовали"})
    assert page.heading == "Светлые дворы" and "Обследовали" in page.words
    assert nothing(session)
    back = visitor.post("/practices/new", 200, data=page.form("/practices/new") | {"action": "back"})
    assert back.form("/practices/new")["steps-0-what"] == "Обследовали"
    visitor.post("/practices/new", 303, data=page.form("/practices/new") | {"action": "publish"})
    assert only(session).steps[0].what == "Обследовали"


def test_a_section_is_previewed_without_scripts(author, visitor):
    page = visitor.post("/practices/new", 200, data=card(preview="problem"))
    assert "<strong>третий</strong>" in page.text


def test_an_ambiguous_place_is_asked_about(author, visitor, make, session):
    make.place("Обнинск", region="69")
    page = visitor.post("/practices/new", 422, data=card())
    assert "Обнинск, Область 69" in page.words
    visitor.post("/practices/new", 303, data=card(region="69"))
    assert only(session).region == "69"


def test_a_place_may_be_named_by_its_number(author, visitor, make, session):
    place = make.place("Таруса")
    visitor.post("/practices/new", 303, data=card(place=str(place.id)))
    assert only(session).municipality_id == place.id


def test_odd_names_and_values_break_nothing(author, visitor):
    odd = {
        "steps-²-what": "x",
        "steps-99999999999-what": "y",
        "version": "²",
        "nomination": "77",
        "status": "x",
        "donor": "²",
        "valid_on": "32.13.2024",
    }
    page = visitor.post("/practices/new", 422, data=card(**odd))
    assert "Выберите из списка." in page.words and "Нужна дата" in page.words


def test_extra_fields_change_nothing(author, visitor, session):
    visitor.post("/practices/new", 303, data=card(state="hidden", author_id="99", score="100", listed_at="2020-01-01"))
    practice = only(session)
    assert (practice.author_id, practice.score, practice.state) == (author.id, 0, "published")


def test_others_may_not_write_on_it(author, visitor, make, browser):
    stranger = browser().sign_in(make.person("Чужой"))
    practice = make.practice(author=author)
    stranger.open(f"/practices/{practice.id}/edit", 403)
    for address in ("edit", "publication", "working-copy"):
        stranger.post(f"/practices/{practice.id}/{address}", 403, data=card())
    browser().open("/practices/new", 302)


def test_an_unconfirmed_person_may_not_write(make, sign_in, visitor):
    sign_in(make.person(confirmed=False))
    visitor.open("/practices/new", 403)


def test_a_place_nobody_knew_is_added_when_asked(author, visitor, session, make):
    page = visitor.post("/practices/new", 422, data=card(place="Малая Павловка, Калужская обл."))
    assert "добавить как новое" in page.words
    assert "добавить как новое" not in visitor.post("/practices/new", 422, data=card(place="Малая Павловка")).words
    fields = page.form("/practices/new") | {"add_place": "y"}
    shown = visitor.post("/practices/new", 200, data=fields | {"action": "preview"})
    assert "Малая Павловка, Калужская область" in shown.words
    assert session.scalar(select(Municipality.id).where(Municipality.name == "Малая Павловка")) is None
    session.rollback()
    visitor.post("/practices/new", 303, data=shown.form("/practices/new") | {"action": "publish"})
    place = session.get(Municipality, only(session).municipality_id)
    assert (place.name, place.region_code, place.verified) == ("Малая Павловка", "40", False)
