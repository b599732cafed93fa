"""From the form to the first page of one's own."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from forum.accounts.models import CONSENT_VERSION, Consent, MunicipalDomain, Person
from forum.core.clock import now
from tests.factories.make import PASSWORD

FORM = {"name": "Вера Ильина", "email": "Vera@Kaluga.example", "password": "Вишнёвый сад у реки", "position": "Эколог", "consent": "y"}


def person_of(session, email="vera@kaluga.example"):
    session.rollback()
    person = session.scalar(select(Person).where(Person.email == email))
    if person is not None:
        session.expunge(person)
    session.rollback()
    return person


def look(session, query):
    """The answer to a query, holding no lock."""
    session.rollback()
    rows = session.scalars(query).all()
    session.rollback()
    return rows


def test_who_registers_confirms_by_the_letter_and_is_signed_in(visitor, session, make, letters, link_in):
    make.place("Обнинск")
    visitor.post("/register", expect=303, **FORM, municipality="Обнинск, Калужская область")
    assert "Vera@Kaluga.example" in visitor.open("/register/sent").words
    person = person_of(session)
    assert (person.name, person.position, person.handle, person.confirmed_at) == ("Вера Ильина", "Эколог", "vera-ilina", None)
    assert person.municipality_id is not None
    assert look(session, select(Consent.version).where(Consent.person_id == person.id)) == [CONSENT_VERSION]
    (letter,) = letters()
    assert letter["To"] == "vera@kaluga.example"
    assert "Вера" not in letter.get_content()
    link = link_in(letter)
    page = visitor.open(link)
    assert person_of(session).confirmed_at is None, "opening the link changed something"
    visitor.post(link, **page.form(link))
    assert person_of(session).confirmed_at is not None
    assert "Вера Ильина" in visitor.open("/account").text


def test_a_confirmation_link_signs_in_only_once(visitor, browser, session, letters, link_in):
    visitor.post("/register", expect=303, **FORM)
    link = link_in(letters()[0])
    visitor.post(link)
    stranger = browser()
    answer = stranger.post(link)
    assert answer.response.location == "/login"
    stranger.open("/account", expect=302)


@pytest.mark.parametrize(("email", "verified"), [("a@mail.adm.example", True), ("a@adm.example", True), ("a@notadm.example", False)])
def test_a_known_domain_verifies_at_once(visitor, session, letters, link_in, email, verified):
    session.add(MunicipalDomain(domain="adm.example"))
    session.commit()
    visitor.post("/register", expect=303, **{**FORM, "email": email})
    assert person_of(session, email).verified_at is None
    visitor.post(link_in(letters()[0]))
    assert (person_of(session, email).verified_at is not None) is verified


def test_a_known_address_gets_the_same_answer_and_another_letter(visitor, browser, session, make, letters):
    make.person(email="known@kaluga.example")
    first, second = browser(), browser()
    known = {**FORM, "email": "known@kaluga.example"}
    answers = [first.post("/register", expect=303, **FORM), second.post("/register", expect=303, **known)]
    assert answers[0].text == answers[1].text
    assert answers[0].response.location == answers[1].response.location
    pages = [first.open("/register/sent").words, second.open("/register/sent").words]
    assert pages[0].replace("Vera@Kaluga.example", "…") == pages[1].replace("known@kaluga.example", "…")
    assert {letter["To"]: letter["Subject"] for letter in letters()} == {
        "vera@kaluga.example": "Подтвердите адрес почты",
        "known@kaluga.example": "У вас уже есть учётная запись",
    }
    assert look(session, select(Person.name).where(Person.email == "known@kaluga.example")) == ["Мария Соколова"]


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("name", "", "Напишите, как вас зовут"),
        ("email", "не адрес", "не похоже на адрес"),
        ("password", "коротко", "слишком короткий"),
        ("password", "qwertyuiop", "самых частых"),
        ("password", "QwertyUiop", "самых частых"),
        ("password", "vera@kaluga.example", "не должен совпадать"),
        ("password", "я" * 257, "слишком длинный"),
        ("municipality", "Китеж-град", "справочнике нет"),
        ("consent", None, "Без согласия"),
    ],
)
def test_a_fault_is_told_at_its_field_and_nothing_else_is_lost(visitor, session, field, value, words):
    form = {**FORM, field: value}
    page = visitor.post("/register", expect=422, **{name: text for name, text in form.items() if text is not None})
    assert words in page.words
    kept = page.form("/register")
    assert kept["password"] == ""
    assert kept["position"] == "Эколог"
    assert person_of(session) is None


def test_a_long_password_is_taken_whole(visitor, session, browser, letters):
    visitor.post("/register", expect=303, **{**FORM, "password": "д" * 256})
    browser().post("/login", expect=422, email="vera@kaluga.example", password="д" * 255)
    browser().sign_in("vera@kaluga.example", "д" * 256)


def test_names_alike_get_handles_of_their_own(visitor, session):
    for number in range(3):
        visitor.post("/register", expect=303, **{**FORM, "email": f"v{number}@kaluga.example"})
    assert sorted(look(session, select(Person.handle))) == ["vera-ilina", "vera-ilina-2", "vera-ilina-3"]


def test_extra_fields_give_nothing(visitor, session):
    visitor.post("/register", expect=303, **FORM, role="admin", verified_at="2026-01-01", approved_posts="9", handle="boss")
    person = person_of(session)
    assert (person.role, person.verified_at, person.approved_posts, person.handle) == ("employee", None, 0, "vera-ilina")


def test_who_has_not_confirmed_reads_a_banner_and_gets_the_letter_again(visitor, make, letters, limits):
    person = make.person(confirmed=False, trusted=False)
    visitor.sign_in(person)
    assert "Подтвердите рабочую почту" in visitor.open("/account").words
    for _ in range(6):
        visitor.post("/account/confirmation", next="/account")
    assert len(letters()) == 4
    assert "несколько писем" in visitor.open("/account").words
    visitor.post("/account/tokens", expect=403, name="Ключ", scope="read")


def test_a_broken_or_old_link_is_told_as_such(visitor, letters, link_in, time_machine):
    visitor.post("/register", expect=303, **FORM)
    link = link_in(letters()[0])
    assert visitor.open(link + "x", expect=410).heading == "Ссылка больше не действует"
    time_machine.move_to(now() + timedelta(days=3, minutes=1))
    visitor.open(link, expect=410)


def test_the_privacy_page_is_the_same_for_all(visitor):
    page = visitor.open("/privacy")
    assert CONSENT_VERSION in page.words
    assert "Set-Cookie" not in page.response.headers


def test_a_suspended_person_may_sign_in_and_is_told_why(visitor, session, make):
    person = make.person(suspended_reason="Реклама в комментариях")
    person.suspended_until = person.created_at.replace(year=person.created_at.year + 1)
    session.commit()
    visitor.sign_in(person, PASSWORD)
    words = visitor.open("/account").words
    assert "Реклама в комментариях" in words
    assert str(person.suspended_until.year) in words


def test_what_was_ordered_before_joining_is_done_once_the_address_is_proved(visitor, letters, link_in):
    asked = visitor.post("/searches", expect=401, token=False, q="вывоз снега")
    assert "/register" in asked.links()
    visitor.post("/register", expect=303, **FORM)
    link = link_in(letters()[0])
    page = visitor.post(link, expect=303, **visitor.open(link).form(link))
    words = visitor.open(page.response.location).words
    assert "адрес подтверждён" in words and "Поиск сохранён" in words
    assert "вывоз снега" in visitor.open("/searches").words
