"""Inviting colleagues: a letter that says who, a form that knows the address, a list of what became of it."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from forum.accounts.letters import spoken
from forum.accounts.models import CONSENT_VERSION, Consent, MunicipalDomain, Person
from forum.core.clock import now
from forum.core.database import intend
from forum.worker import drain

EMAIL, OWN = "kollega@kaluga.example", "sokolova@kaluga.example"
FORM = {"name": "Вера Ильина", "password": "Вишнёвый сад у реки", "position": "Эколог", "consent": "y"}
LIST = "/account/invitations"


@pytest.fixture
def inviter(visitor, make):
    return visitor.sign_in(make.person("Мария Соколова", email=OWN))


@pytest.fixture
def link(inviter, letters, link_in):
    inviter.post(LIST, email=EMAIL)
    return link_in(letters()[-1])


def one(session, query):
    with Session(session.get_bind(), expire_on_commit=False) as beside:
        return beside.scalars(query).one_or_none()


def test_a_colleague_joins_by_the_letter_and_is_signed_in(inviter, browser, link, letters, session):
    letter = letters()[-1]
    assert letter["To"] == EMAIL
    assert "Вас приглашает Мария Соколова" in letter.get_content()
    colleague = browser()
    page = colleague.open(link)
    assert "Приглашает Мария Соколова" in page.words
    assert EMAIL in page.text and "Калужская область" in page.form(link)["municipality"]
    colleague.post(link, **{**page.form(link), **FORM, "email": "other@evil.example"})
    person = one(session, select(Person).where(Person.name == "Вера Ильина"))
    assert person.email == EMAIL and person.confirmed_at is not None
    assert one(session, select(Consent.version).where(Consent.person_id == person.id)) == CONSENT_VERSION
    assert "Вера Ильина" in colleague.open("/account").text
    assert f"{EMAIL} на площадке с" in inviter.open(LIST).words
    assert "Вера Ильина" in inviter.open(LIST).words
    browser().open(link, expect=410)


def test_nothing_is_lost_and_nobody_made_without_consent(browser, link, session):
    colleague = browser()
    form = colleague.open(link).form(link)
    page = colleague.post(link, expect=422, **{**form, "name": "Вера Ильина", "password": "Вишнёвый сад у реки", "position": "Эколог"})
    assert "Без согласия" in page.words
    assert page.form(link)["position"] == "Эколог"
    assert one(session, select(Person.id).where(Person.email == EMAIL)) is None


def test_a_known_domain_verifies_who_was_invited(browser, inviter, letters, link_in, session):
    session.add(MunicipalDomain(domain="adm.example"))
    session.commit()
    inviter.post(LIST, email="v@adm.example")
    inviter.post(LIST, email=EMAIL)
    for letter in letters():
        browser().post(link_in(letter), **FORM)
    found = {person.email: person.verified_at is not None for person in session.scalars(select(Person).where(Person.name == "Вера Ильина"))}
    assert found == {"v@adm.example": True, EMAIL: False}


def test_an_invitation_can_be_taken_back(inviter, browser, make, link):
    browser().sign_in(make.person()).post(f"{LIST}/1/revocation", expect=404)
    inviter.post(f"{LIST}/1/revocation")
    assert f"{EMAIL} отозвано" in inviter.open(LIST).words
    browser().open(link, expect=410)
    browser().post(link, expect=410, **FORM)


def test_an_invitation_ends_in_two_weeks(browser, link, time_machine):
    time_machine.move_to(now() + timedelta(days=13))
    browser().open(link)
    time_machine.move_to(now() + timedelta(days=2))
    browser().open(link, expect=410)
    assert "без ответа с" in browser().sign_in(OWN).open(LIST).words


def test_who_joins_by_another_way_has_come_as_well(app, inviter, browser, link, letters, link_in):
    colleague = browser()
    colleague.post("/register", expect=303, **FORM, email=EMAIL)
    colleague.post(link_in(letters()[-1]))
    with app.app_context():
        intend(True)
        drain()
    assert f"{EMAIL} на площадке с" in inviter.open(LIST).words


def test_who_invites_does_not_learn_who_has_an_account(inviter, make, letters):
    make.person(email="known@kaluga.example")
    for email in (EMAIL, "known@kaluga.example"):
        inviter.post(LIST, email=email)
    words = inviter.open(LIST).words
    assert words.count("ждём ответа до") == 2
    told = {letter["To"]: letter.get_content() for letter in letters()}
    assert "/invitations/" in told[EMAIL]
    assert "/invitations/" not in told["known@kaluga.example"]


def test_ten_a_day_each_address_once_and_not_oneself(inviter):
    for number in range(10):
        inviter.post(LIST, email=f"n{number}@kaluga.example")
    assert "пригласили уже 10" in inviter.post(LIST, expect=422, email=EMAIL).words
    assert "уже пригласили" in inviter.post(LIST, expect=422, email="N0@kaluga.example").words
    assert "собственный адрес" in inviter.post(LIST, expect=422, email=OWN).words


def test_only_who_is_verified_invites(browser, make, letters):
    newcomer = browser().sign_in(make.person(trusted=False))
    assert "проверенные сотрудники" in newcomer.open(LIST).words
    newcomer.post(LIST, expect=403, email=EMAIL)
    browser().sign_in(make.moderator(trusted=False)).post(LIST, email=EMAIL)
    assert len(letters()) == 1


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("А.Б. Иванов-Петров", "А. Б. Иванов-Петров"),
        ("Зайдите на http://evil.example/win", "Зайдите на http evil. example win"),
        ("www.evil.example", "www. evil. example"),
        ("boss@evil.example", "boss evil. example"),
    ],
)
def test_a_name_in_a_strangers_letter_is_no_link(name, shown):
    assert spoken(name) == shown
