"""One's own settings: profile, keys, data."""

import json
from datetime import UTC, datetime

from sqlalchemy import select

from forum.accounts.digests import digest
from forum.accounts.export import EXPORTERS
from forum.accounts.models import ApiToken, Consent, Person
from forum.core.events import Event


def test_the_profile_is_kept_and_rendered_once(visitor, make, session):
    person = make.person()
    make.place("Боровск")
    visitor.sign_in(person)
    form = visitor.open("/account").form("/account")
    fields = {**form, "name": "Мария Ильина", "about": "**Вода** <script>", "municipality": "Боровск", "lang": "en"}
    visitor.post("/account", **fields)
    found = session.scalar(select(Person).where(Person.id == person.id).execution_options(populate_existing=True))
    assert (found.name, found.lang) == ("Мария Ильина", "en")
    assert "<strong>Вода</strong>" in found.about_html
    assert "<script" not in found.about_html
    session.rollback()
    assert visitor.open("/account").form("/account")["municipality"] == "Боровск, Калужская область"


def test_a_refused_text_comes_back_whole(visitor, make):
    visitor.sign_in(make.person())
    about = "|" * 400 + "\n" + "|-" * 399 + "|\n" + "|\n" * 900
    form = visitor.open("/account").form("/account")
    page = visitor.post("/account", expect=422, **{**form, "about": about})
    assert page.form("/account")["about"] == about.strip()
    assert "разметк" in page.words.lower()


def test_other_peoples_columns_cannot_be_reached(visitor, make, session):
    person = make.person(trusted=False)
    visitor.sign_in(person)
    form = visitor.open("/account").form("/account")
    visitor.post("/account", **{**form, "role": "admin", "email": "x@example.org", "verified_at": "2026-01-01", "approved_posts": "5"})
    found = session.scalar(select(Person).where(Person.id == person.id).execution_options(populate_existing=True))
    assert (found.role, found.email, found.verified_at, found.approved_posts) == ("employee", person.email, None, 0)


def test_a_key_is_shown_once_and_kept_as_a_hash(visitor, make, session):
    visitor.sign_in(make.person())
    page = visitor.post("/account/tokens", expect=201, name="Выгрузка", scope="write")
    text = next(element.text for element in page.tree.iter("code"))
    kept = session.scalar(select(ApiToken))
    session.expunge_all()
    session.rollback()
    assert (kept.digest, kept.scope, kept.name) == (digest(text), "write", "Выгрузка")
    again = visitor.open("/account/tokens")
    assert text not in again.text
    visitor.post(f"/account/tokens/{kept.id}/revocation")
    assert session.scalars(select(ApiToken.id)).all() == []
    session.rollback()


def test_a_key_belongs_to_its_maker(visitor, browser, make, session):
    visitor.sign_in(make.person())
    visitor.post("/account/tokens", expect=201, name="Выгрузка", scope="read")
    number = session.scalar(select(ApiToken.id))
    session.rollback()
    browser().sign_in(make.person("Иван Чужой")).post(f"/account/tokens/{number}/revocation", expect=404)
    for _ in range(9):
        visitor.post("/account/tokens", expect=201, name="Ещё", scope="read")
    page = visitor.post("/account/tokens", expect=422, name="Одиннадцатый", scope="read")
    assert "не больше 10" in page.words


def test_own_data_can_be_taken_away(visitor, make, monkeypatch):
    person = make.person("Мария Соколова")
    monkeypatch.setattr("forum.accounts.export.EXPORTERS", [*EXPORTERS, lambda session, number: {"extra": [number]}])
    visitor.sign_in(person)
    response = visitor.open("/account/export").response
    data = json.loads(response.get_data())
    assert data["profile"]["name"] == "Мария Соколова"
    assert data["extra"] == [person.id]
    assert "password" not in response.get_data(as_text=True)
    assert "attachment" in response.headers["Content-Disposition"]


def test_a_moderator_vouches_within_the_region_only(browser, make, session):
    newcomer = make.person("Новый Сотрудник", trusted=False)
    address = f"/people/{newcomer.handle}/verification"
    browser().sign_in(make.moderator(regions=["69"])).post(address, expect=403)
    browser().sign_in(make.person()).post(address, expect=403)
    judge = make.moderator(regions=["40"])
    browser().sign_in(judge).post(address)
    found = session.scalar(select(Person).where(Person.id == newcomer.id).execution_options(populate_existing=True))
    assert found.verified_by_id == judge.id
    assert session.scalars(select(Event.kind).where(Event.person_id == newcomer.id)).all() == ["moderation.verified"]


def test_the_consent_is_shown_with_its_version_and_time(visitor, make, session):
    person = make.person()
    session.add(Consent(person_id=person.id, version="2025-03", at=datetime(2025, 3, 31, 21, 30, tzinfo=UTC)))
    session.commit()
    words = visitor.sign_in(person).open("/account").words.replace("\N{NO-BREAK SPACE}", " ")
    assert "редакция 2025-03: 1 апреля 2025, 00:30" in words
