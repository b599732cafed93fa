"""Administrators keep the list of words that mean the same to search; what they do is known at once, and on record."""

import pytest
from sqlalchemy import select

from forum.core.events import Event
from forum.search import indexing, loading
from forum.search.models import SynonymGroup


@pytest.fixture
def admin(visitor, make):
    person = make.admin()
    visitor.sign_in(person)
    return person


@pytest.fixture
def groups(session):
    """The stored groups, by their words."""

    def go() -> dict[str, int]:
        session.rollback()
        found = {group.words: group.id for group in session.scalars(select(SynonymGroup).order_by(SynonymGroup.id))}
        session.expunge_all()
        session.rollback()
        return found

    return go


def last_event(session):
    event = session.scalars(select(Event).order_by(Event.id.desc()).limit(1)).one()
    session.expunge_all()
    session.rollback()
    return event.kind, event.actor_id, event.data


def add(visitor, words, expect=302):
    return visitor.post("/admin/synonyms", expect, **visitor.open("/admin/synonyms").form("/admin/synonyms") | {"words": words})


def test_only_admins_come_in(browser, make, visitor, admin, groups):
    add(visitor, "МКД, многоквартирный дом")
    [number] = groups().values()
    for address in ("/admin/synonyms", f"/admin/synonyms/{number}"):
        browser().open(address, expect=302)
        browser().sign_in(make.moderator()).open(address, expect=403)
    browser().sign_in(make.moderator()).post(f"/admin/synonyms/{number}/removal", 403)
    assert len(groups()) == 1


def test_groups_are_added_changed_and_removed_on_record(visitor, admin, groups, session):
    add(visitor, "МКД;  многоквартирный   дом = МКД")
    assert list(groups()) == ["МКД, многоквартирный дом"]
    assert last_event(session) == ("admin.synonyms_added", admin.id, {"words": "МКД, многоквартирный дом"})
    [number] = groups().values()
    form = visitor.open(f"/admin/synonyms/{number}").form(f"/admin/synonyms/{number}")
    visitor.post(f"/admin/synonyms/{number}", **form | {"words": "МКД, многоквартирный жилой дом"})
    changed = {"was": "МКД, многоквартирный дом", "words": "МКД, многоквартирный жилой дом"}
    assert last_event(session) == ("admin.synonyms_changed", admin.id, changed)
    visitor.post(f"/admin/synonyms/{number}", **form | {"words": "МКД, многоквартирный жилой дом"})
    assert last_event(session)[2] == changed
    visitor.post(f"/admin/synonyms/{number}/removal")
    assert groups() == {}
    assert last_event(session) == ("admin.synonyms_removed", admin.id, {"words": "МКД, многоквартирный жилой дом"})
    visitor.post(f"/admin/synonyms/{number}/removal", 404)
    visitor.open("/admin/synonyms/99999999999999", 404)


@pytest.mark.parametrize(("words", "told"), [
    ("", "Напишите хотя бы два слова"),
    ("МКД", "Нужно хотя бы два разных слова"),
    ("дом, дома, ДОМУ", "Нужно хотя бы два разных слова"),
    ("МКД, !!!", "В «!!!» поиску не за что зацепиться"),
    ("и, или", "В «и» поиску не за что зацепиться"),
    ("МФЦ, Мой документ", "От «Мой документ» для поиска остаётся одно слово"),
    (f"МКД, {'д' * 81}", "слишком длинно: не больше 80 знаков"),
    ("МКД, первый второй третий четвёртый пятый шестой", "слишком много слов: не больше 5"),
    (", ".join(f"слово{number}" for number in range(13)), "Слишком много слов: не больше 12"),
    ("квартира, многоквартирных домов", "«многоквартирных домов» уже есть в группе «МКД, многоквартирный дом»"),
])  # fmt: skip
def test_what_can_be_no_group_is_refused_in_words_with_what_was_typed_kept(visitor, admin, groups, words, told):
    add(visitor, "МКД, многоквартирный дом")
    page = add(visitor, words, 422)
    assert told in page.words
    assert page.form("/admin/synonyms")["words"] == words
    add(visitor, "ТСЖ, товарищество собственников жилья")
    before = groups()
    address = f"/admin/synonyms/{before['ТСЖ, товарищество собственников жилья']}"
    page = visitor.post(address, 422, words=words)
    assert told in page.words and page.form(address)["words"] == words
    assert groups() == before


def test_a_group_may_keep_its_own_words(visitor, admin, groups):
    add(visitor, "МКД, многоквартирный дом")
    [number] = groups().values()
    visitor.post(f"/admin/synonyms/{number}", words="многоквартирные дома, МКД, высотка")
    assert list(groups()) == ["многоквартирные дома, МКД, высотка"]


def test_the_next_question_knows_a_change(app, visitor, admin, groups, make, session, browser):
    make.practice("Ремонт многоквартирных домов")
    indexing.drain(session, app.extensions["search"])
    reader = browser()

    def found() -> bool:
        return bool(reader.open("/api/v1/search?q=МКД").response.json["total"])

    assert not found()
    add(visitor, "МКД, многоквартирный дом")
    assert found()
    [number] = groups().values()
    visitor.post(f"/admin/synonyms/{number}", words="МКД, высотка")
    assert not found()
    visitor.post(f"/admin/synonyms/{number}", words="МКД, многоквартирный дом")
    assert found()
    visitor.post(f"/admin/synonyms/{number}/removal")
    assert not found()
    app.extensions["search"].close()


def test_an_admin_sees_how_a_question_is_understood(app, visitor, admin, make, session):
    make.practice("Ремонт многоквартирных домов")
    indexing.drain(session, app.extensions["search"])
    app.extensions["search"].tend()
    add(visitor, "МКД, многоквартирный дом")
    words = visitor.open("/admin/synonyms?q=htvjyn МКД").words
    assert "ремонт, мкд" in words and "Исправленоремонт МКД" in words
    assert words.count("МКД, многоквартирный дом") >= 2 and "1 запись" in words
    assert "нет: только знаки" in visitor.open("/admin/synonyms?q=и %26 !").words
    assert "<script>" not in visitor.open("/admin/synonyms?q=%3Cscript%3E").text
    app.extensions["search"].close()


def test_the_list_that_comes_with_the_site_is_loaded_once(app, visitor, admin, groups, session):
    runner = app.test_cli_runner()
    add(visitor, "МКД, домина")
    assert runner.invoke(args=["reference", "load"]).exit_code == 0
    first = groups()
    assert len(first) > 60 and "МКД, домина" in first
    assert not any(words.startswith("МКД, многоквартирный") for words in first)  # the administrator's own group stands
    removed, changed = (next(words for words in first if words.startswith(start)) for start in ("ТОС,", "НПА,"))
    visitor.post(f"/admin/synonyms/{first[removed]}/removal")
    visitor.post(f"/admin/synonyms/{first[changed]}", words="НПА, нормативный акт")
    assert runner.invoke(args=["reference", "load"]).exit_code == 0
    assert groups().keys() == first.keys() - {removed, changed} | {"НПА, нормативный акт"}


def test_a_longer_list_of_a_later_release_adds_what_is_new(session, groups, monkeypatch):
    loading.load(session)
    session.commit()
    before = groups()
    monkeypatch.setattr(loading, "groups", lambda: [*before, "пирс, причал"])
    loading.load(session)
    session.commit()
    assert groups().keys() - before.keys() == {"пирс, причал"}


def test_groups_come_in_pages_and_by_a_part_of_a_word(visitor, admin, session):
    session.add_all(SynonymGroup(words=f"ёлка{number:02}, праздник{number:02}") for number in range(60))
    session.commit()
    first = visitor.open("/admin/synonyms")
    assert "60 групп" in first.words and "ёлка00" in first.words and "ёлка59" not in first.words
    assert "ёлка59" in visitor.open("/admin/synonyms?page=2").words
    assert "ёлка59" in visitor.open("/admin/synonyms?page=99").words
    found = visitor.open("/admin/synonyms?has=ЕЛКА5")
    assert "10 групп" in found.words and "ёлка49" not in found.words
    assert "Такой группы нет" in visitor.open("/admin/synonyms?has=ель").words
