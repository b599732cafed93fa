"""What letters look like on the wire, and the way out of them."""

import socket
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from aiosmtpd.controller import Controller

from forum.core.actor import SYSTEM
from forum.core.clock import now
from forum.notifications import preferences
from forum.notifications.kinds import Way


class Box:
    """A mail server that keeps what it takes, and refuses whom it is told to."""

    def __init__(self):
        self.messages, self.refused = [], {}

    async def handle_DATA(self, server, session, envelope):
        self.messages.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"


@pytest.fixture
def box(app):
    box = Box()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    app.config["MAIL_URL"] = f"smtp://127.0.0.1:{port}"
    yield box
    server.stop()


def test_a_discussion_is_one_thread_in_text_and_html(make, work, box):
    practice = make.practice("Светлые дворы")
    first = make.comment(practice, "Кто считал **экономию**?", author=make.person("Анна Ветрова"))
    make.comment(practice, "И я хочу знать", author=make.person("Борис Ильин"), parent=first)
    work()
    mine = sorted((m for m in box.messages if m["To"] == practice.author.email), key=lambda m: str(m["From"]))
    assert [str(m["From"].addresses[0].display_name) for m in mine] == [
        "Анна Ветрова – Муниципальные практики",
        "Борис Ильин – Муниципальные практики",
    ]
    assert {m["Subject"] for m in mine} == {"Обсуждение практики «Светлые дворы»"}
    assert len({m["Message-ID"] for m in mine}) == 2 and len({m["References"] for m in mine}) == 1
    assert all(m["In-Reply-To"] == m["References"] for m in mine)
    assert {m["References"] for m in box.messages if m["To"] == first.author.email}.isdisjoint({mine[0]["References"]})
    plain, html = (mine[0].get_body((kind,)).get_content() for kind in ("plain", "html"))
    assert mine[0].get_content_type() == "multipart/alternative"
    assert "Кто считал экономию?" in plain and "Кто считал экономию?" in html and f"/comments/{first.id}" in html
    assert mine[0]["List-Id"] == "<comment.127.0.0.1>" and "как автор практики" in plain


def test_markup_in_names_and_titles_stays_text_in_html(make, work, box):
    make.comment(make.practice("<script>alert(1)</script>"), "Вопрос", author=make.person("<img src=x onerror=alert(1)>"))
    work()
    html = box.messages[0].get_body(("html",)).get_content()
    assert "<img" not in html and "<script" not in html and "&lt;img src=x" in html


def test_letters_of_security_have_no_way_out(make, visitor, work, box):
    visitor.post("/reset", expect=303, email=make.person(email="ivanova@kaluga.example").email)
    work()
    [message] = box.messages
    assert [message[name] for name in ("List-Unsubscribe", "List-Unsubscribe-Post", "List-Id")] == [None] * 3
    assert message.get_content_type() == "text/plain" and "/letters/off/" not in message.get_content()


def way_out(message):
    return message["List-Unsubscribe"].strip("<>").removeprefix("http://127.0.0.1:8000")


def test_one_post_of_a_mail_program_ends_the_letters_of_a_kind_and_no_other(make, session, browser, work, box):
    practice = make.practice("Светлые дворы")
    make.comment(practice)
    work()
    [message] = box.messages
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click" and len(way_out(message)) < 200
    answer = browser().client.post(way_out(message), data={"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    ways = preferences.ways_of(session, practice.author_id)
    assert (ways["comment"], ways["reply"]) == (Way.SITE, Way.AT_ONCE)
    session.commit()
    make.comment(practice)
    practice.lock(SYSTEM, True, "Спор ушёл от темы")
    work()
    assert [m["List-Id"] for m in box.messages] == ["<comment.127.0.0.1>", "<moderation.127.0.0.1>"]


def test_the_page_says_what_it_will_end_and_takes_it_back(make, session, browser, work, box, wants):
    practice = make.practice()
    make.comment(practice)
    work()
    address = way_out(box.messages[0])
    guest = browser()
    page = guest.open(address)
    assert "Комментарии к моим практикам" in page.words and preferences.way_of(session, practice.author_id, "comment") == Way.AT_ONCE
    session.commit()
    done = guest.post(address, 200, token=False, data=page.form(address))
    assert "Писем больше не будет" in done.words and "Таких писем нет" in guest.open(address).words
    back = guest.post(address, 200, token=False, data=done.form(address) | {"again": "comment:at_once"})
    assert "Письма снова будут приходить" in back.words
    assert preferences.way_of(session, practice.author_id, "comment") == Way.AT_ONCE


def test_a_link_opens_nothing_but_its_own_kind(make, session, browser, work, box, wants):
    practice = make.practice()
    make.comment(practice)
    work()
    wants(practice.author, reply="site", comment="site")
    for forged in ("reply:at_once", "moderation:nowhere", "comment:pigeon", "nothing"):
        browser().post(way_out(box.messages[0]), 200, token=False, again=forged)
    ways = preferences.ways_of(session, practice.author_id)
    assert (ways["reply"], ways["comment"], ways["moderation"]) == (Way.SITE, Way.SITE, Way.AT_ONCE)


def test_a_link_that_is_not_ours_does_nothing(browser):
    for token in ("x", "WzEsInJlcGx5Il0.AAAAAAAAAAAAAAAAAAAAAAAAAAA", "%00"):
        browser().open(f"/letters/off/{token}", expect=410)
        assert browser().client.post(f"/letters/off/{token}", data={"List-Unsubscribe": "One-Click"}).status_code == 410


def test_the_digest_is_turned_off_whole(make, session, browser, work, box, wants, time_machine):
    practice = make.practice()
    wants(practice.author, comment="digest")
    make.comment(practice)
    work()
    time_machine.move_to(now() + timedelta(days=2))
    work()
    [message] = box.messages
    assert message["List-Id"] == "<digest.127.0.0.1>" and message["References"] is None
    page = browser().open(way_out(message))
    assert "Комментарии к моим практикам" in page.words and "Новые практики, за которыми я слежу" in page.words
    browser().client.post(way_out(message), data={"List-Unsubscribe": "One-Click"})
    ways = preferences.ways_of(session, practice.author_id)
    assert Way.DIGEST not in ways.values() and ways["reply"] == Way.AT_ONCE
