"""A new password by letter, and by knowing the old one."""

import socket
from datetime import timedelta

from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message

from forum.core.clock import now
from forum.core.database import intend
from forum.core.letters import Letter
from forum.notifications import post
from tests.factories.make import PASSWORD

NEW = "Яблоки падают осенью"


def ask(visitor, letters, link_in, person):
    visitor.post("/reset", expect=303, email=person.email)
    return link_in(letters()[-1])


def test_a_link_sets_a_password_once_and_ends_all_sessions(visitor, browser, make, letters, link_in):
    person = make.person(confirmed=False, trusted=False)
    elsewhere = browser().sign_in(person)
    link = ask(visitor, letters, link_in, person)
    page = visitor.open(link)
    assert "коротк" in visitor.post(link, expect=422, **{**page.form(link), "password": "мало"}).words
    visitor.post(link, **{**page.form(link), "password": NEW})
    visitor.open(link, expect=410)
    visitor.post(link, expect=410, password="Совсем другой пароль")
    elsewhere.open("/account", expect=302)
    browser().post("/login", expect=422, email=person.email, password=PASSWORD)
    signed_in = browser().sign_in(person, NEW)
    assert "Подтвердите рабочую почту" not in signed_in.open("/account").words, "who reads the letters has proved the address"
    assert [letter["Subject"] for letter in letters()] == ["Новый пароль", "Пароль изменён"]


def test_an_unknown_address_gets_the_same_answer_and_no_letter(browser, make, letters):
    first, second = browser(), browser()
    known = first.post("/reset", expect=303, email=make.person(email="a@kaluga.example").email)
    unknown = second.post("/reset", expect=303, email="b@kaluga.example")
    assert known.text == unknown.text
    words = [first.open("/reset/sent").words.replace("a@k", "@k"), second.open("/reset/sent").words.replace("b@k", "@k")]
    assert words[0] == words[1]
    assert [letter["To"] for letter in letters()] == ["a@kaluga.example"]


def test_the_link_never_follows_the_host_of_the_request(visitor, make, letters):
    foreign = {"base_url": "http://evil.example", "headers": {"X-Forwarded-Host": "evil.example"}}
    token = visitor.open("/reset", **foreign).form("/reset")["csrf_token"]
    answer = visitor.client.post("/reset", data={"email": make.person().email, "csrf_token": token}, **foreign)
    assert answer.status_code == 303
    text = letters()[0].get_content()
    assert "http://127.0.0.1:8000/reset/" in text
    assert "evil" not in text


def test_a_link_lives_an_hour_and_is_for_one_purpose(visitor, make, letters, link_in, time_machine):
    link = ask(visitor, letters, link_in, make.person())
    visitor.open(link.replace("/reset/", "/confirm/"), expect=410)
    time_machine.move_to(now() + timedelta(minutes=61))
    visitor.open(link, expect=410)


def test_the_link_is_wiped_from_the_database_when_it_is_sent(visitor, make, letters, session):
    visitor.post("/reset", expect=303, email=make.person().email)
    letters()
    assert session.query(Letter.params).one()[0] == {}


def test_nobodys_box_is_flooded(visitor, make, letters, limits):
    person = make.person()
    for _ in range(8):
        visitor.post("/reset", expect=303, email=person.email)
    assert len(letters()) == 4


def test_a_change_asks_the_old_password_and_keeps_this_session_only(visitor, browser, make):
    person = make.person()
    elsewhere = browser().sign_in(person)
    visitor.sign_in(person)
    wrong = visitor.post("/account/password", expect=422, password_old="nonsense", password=NEW)
    assert "Нынешний пароль не подошёл" in wrong.words
    elsewhere.open("/account")
    visitor.post("/account/password", password_old=PASSWORD, password=NEW)
    assert "Пароль изменён" in visitor.open("/account").words
    elsewhere.open("/account", expect=302)
    browser().sign_in(person, NEW)


def test_guessing_the_old_password_is_limited(visitor, make, limits):
    visitor.sign_in(make.person())
    for _ in range(10):
        visitor.post("/account/password", expect=422, password_old="nonsense", password=NEW)
    visitor.post("/account/password", expect=429, password_old=PASSWORD, password=NEW)


class Box(Message):
    """Keeps what a mail server was given."""

    def __init__(self):
        super().__init__()
        self.messages = []

    def handle_message(self, message):
        self.messages.append(message)


def test_letters_reach_a_real_mail_server(app, visitor, make):
    box = Box()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    try:
        app.config["MAIL_URL"] = f"smtp://127.0.0.1:{port}"
        visitor.post("/reset", expect=303, email=make.person(email="ivanova@kaluga.example").email)
        with app.app_context():
            intend(True)
            assert post.send_due() == 1
    finally:
        server.stop()
    (message,) = box.messages
    assert message["To"] == "ivanova@kaluga.example"
    assert "/reset/" in message.get_payload(decode=True).decode()
