"""The text on personal data changes: who agreed to an older edition is told, and kept out of nothing."""

from sqlalchemy import select

from forum.accounts.models import CONSENT_VERSION, Consent


def versions(session, person) -> list[str]:
    session.rollback()
    found = list(session.scalars(select(Consent.version).where(Consent.person_id == person.id).order_by(Consent.id)))
    session.rollback()
    return found


def test_who_agreed_to_an_older_edition_is_told_and_agrees_once(make, session, visitor):
    person = make.person()
    session.add(Consent(person_id=person.id, version="2025-01"))
    session.commit()
    visitor.sign_in(person)
    page = visitor.open("/account")
    assert "Сейчас действует другая редакция" in page.words
    visitor.open("/practices/new")  # nothing waits for it
    visitor.post("/account/consent", 303, data=page.form("/account/consent") | {"version": "2026-11"})  # a page opened long ago
    assert versions(session, person) == ["2025-01"]
    for _ in range(2):
        visitor.post("/account/consent", 303, data=page.form("/account/consent"))
    assert versions(session, person) == ["2025-01", CONSENT_VERSION]
    assert "Сейчас действует другая редакция" not in visitor.open("/account").words


def test_the_text_names_what_search_keeps_and_what_has_changed(visitor):
    page = visitor.open("/privacy")
    for said in ("Сохранённые поиски", "Недавние запросы", f"В редакции {CONSENT_VERSION}"):
        assert said in page.words
