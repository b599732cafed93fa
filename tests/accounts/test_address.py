"""Another address: the password at one end, a link at the other, and a way to refuse for who reads the old one."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from forum.accounts.models import MunicipalDomain, Person
from forum.core.clock import now
from forum.core.events import Event
from tests.factories.make import PASSWORD

NEW = "novaya@kaluga.example"


def asked(visitor, **more):
    visitor.post("/account/email", **{"email": NEW, "password_old": PASSWORD, **more})


def by_address(letters):
    return {letter["To"]: letter for letter in letters()}


def person_now(session, person):
    with Session(session.get_bind(), expire_on_commit=False) as beside:
        return beside.scalar(select(Person).where(Person.id == person.id))


def test_the_address_changes_when_the_new_one_agrees(visitor, browser, make, letters, link_in, session):
    person = make.person(email="staraya@kaluga.example")
    elsewhere = browser().sign_in(person)
    visitor.sign_in(person)
    asked(visitor)
    assert f"письма на {NEW}" in visitor.open("/account/email").words
    told = by_address(letters)
    assert {address: letter["Subject"] for address, letter in told.items()} == {
        NEW: "Подтвердите новый адрес почты",
        person.email: "Адрес почты хотят изменить",
    }
    link = link_in(told[NEW])
    page = visitor.open(link)
    assert person_now(session, person).email == person.email, "opening the link changed something"
    visitor.post(link, **page.form(link))
    assert person_now(session, person).email == NEW
    visitor.open("/account")
    elsewhere.open("/account", expect=302)
    browser().post("/login", expect=422, email=person.email, password=PASSWORD)
    browser().sign_in(NEW)
    assert letters()[-1]["Subject"] == "Адрес почты изменён"
    visitor.open(link, expect=410)


def test_the_link_works_in_another_browser_and_for_an_hour(visitor, browser, make, letters, link_in, time_machine, session):
    person = make.person()
    visitor.sign_in(person)
    asked(visitor)
    link = link_in(by_address(letters)[NEW])
    time_machine.move_to(now() + timedelta(minutes=61))
    browser().post(link, expect=410)
    asked(visitor)
    later = link_in(letters()[-2]) if letters()[-2]["To"] == NEW else link_in(letters()[-1])
    browser().post(later)
    assert person_now(session, person).email == NEW
    visitor.open("/account", expect=302)


def test_a_second_wish_voids_the_first(visitor, make, letters, link_in):
    visitor.sign_in(make.person())
    asked(visitor)
    first = link_in(by_address(letters)[NEW])
    asked(visitor, email="third@kaluga.example")
    visitor.open(first, expect=410)
    visitor.post(link_in(by_address(letters)["third@kaluga.example"]))


@pytest.mark.parametrize("confirmed", [False, True])
def test_who_reads_the_old_address_may_refuse_before_and_after(visitor, browser, make, letters, link_in, session, confirmed):
    person = make.person(email="staraya@kaluga.example")
    visitor.sign_in(person)
    asked(visitor)
    told = by_address(letters)
    if confirmed:
        visitor.post(link_in(told[NEW]))
    refusal = link_in(told[person.email])
    owner = browser()
    page = owner.open(refusal)
    assert "staraya@kaluga.example" in page.words
    assert owner.post(refusal, **page.form(refusal)).response.location == "/reset"
    assert person_now(session, person).email == person.email
    visitor.open("/account", expect=302)
    owner.open(refusal, expect=410)
    owner.open(link_in(told[NEW]), expect=410)


@pytest.mark.parametrize(
    ("fields", "status", "words"),
    [
        ({"password_old": "wrong"}, 422, "Нынешний пароль не подошёл"),
        ({"email": "nonsense"}, 422, "не похоже на адрес"),
        ({"email": "Staraya@Kaluga.example"}, 422, "нынешний адрес"),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_nothing_sent(visitor, make, letters, fields, status, words):
    visitor.sign_in(make.person(email="staraya@kaluga.example"))
    page = visitor.post("/account/email", expect=status, **{"email": NEW, "password_old": PASSWORD, **fields})
    assert words in page.words
    assert letters() == []


def test_nobody_learns_whether_the_new_address_has_an_account(visitor, browser, make, letters):
    make.person(email="known@kaluga.example")
    pages = []
    for one, new in ((visitor, "known@kaluga.example"), (browser(), "other@kaluga.example")):
        one.sign_in(person := make.person())
        asked(one, email=new)
        words = one.open("/account/email").words.replace(new, "…").replace(person.email, "…")
        pages.append(re.sub(r"\d\d:\d\d", "", words))
    assert pages[0] == pages[1]
    assert by_address(letters)["known@kaluga.example"]["Subject"] == "У этого адреса уже есть учётная запись"


def test_an_address_taken_meanwhile_stays_with_its_owner(visitor, make, letters, link_in, session):
    person = make.person()
    visitor.sign_in(person)
    asked(visitor)
    link = link_in(by_address(letters)[NEW])
    make.person(email=NEW)
    assert "уже есть учётная запись" in visitor.post(link, expect=422).words
    assert person_now(session, person).email == person.email


@pytest.mark.parametrize(
    ("old", "new", "vouched", "before", "after"),
    [
        ("a@adm.example", "a@mail.example", False, True, False),
        ("a@adm.example", "a@mail.example", True, True, True),
        ("a@mail.example", "a@adm.example", False, False, True),
        ("a@adm.example", "b@adm.example", False, True, True),
    ],
)
def test_trust_by_domain_follows_the_address(visitor, make, letters, link_in, session, old, new, vouched, before, after):
    session.add(MunicipalDomain(domain="adm.example"))
    session.commit()
    person = make.person(email=old, trusted=before, verified_by_id=make.moderator().id if vouched else None)
    visitor.sign_in(person)
    asked(visitor, email=new)
    visitor.post(link_in(by_address(letters)[new]))
    assert (person_now(session, person).verified_at is not None) is after


def test_an_address_mistyped_at_registration_can_be_mended(visitor, make, letters, link_in, session):
    person = make.person(confirmed=False, trusted=False)
    visitor.sign_in(person)
    asked(visitor)
    visitor.post(link_in(by_address(letters)[NEW]))
    assert person_now(session, person).confirmed_at is not None


def test_wishes_are_few_and_on_record(visitor, make, session, limits):
    person = make.person()
    visitor.sign_in(person)
    for number in range(3):
        asked(visitor, email=f"n{number}@kaluga.example")
    visitor.post("/account/email", expect=429, email=NEW, password_old=PASSWORD)
    with Session(session.get_bind()) as beside:
        kinds = beside.scalars(select(Event.kind).where(Event.person_id == person.id)).all()
    assert kinds.count("account.address_change_asked") == 3
