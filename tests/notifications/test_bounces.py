"""Letters that come back, and the way back for their receivers."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from forum.accounts.models import Person
from forum.core.letters import Letter
from forum.notifications.models import Bounce
from tests.notifications.test_letters import box  # noqa: F401 – a fixture

REPORT = """From: MAILER-DAEMON@mail.example
To: noreply@localhost
Subject: Undelivered Mail Returned to Sender
Message-ID: <report@mail.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="part"

--part
Content-Type: text/plain; charset=utf-8

The mail could not be delivered.

--part
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example
{envelope}
Final-Recipient: rfc822; somebody@example.org
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} no

--part
Content-Type: text/rfc822-headers

From: noreply@localhost
Message-ID: {number}

--part--
"""


@pytest.fixture
def bounced(app):
    """Hand a report to the command: exit code and words."""

    def go(number="", status="5.2.1", action="failed", envelope="", raw=None):
        text = REPORT.format(number=number, status=status, action=action, envelope=envelope) if raw is None else raw
        result = app.test_cli_runner().invoke(args=["letters", "bounced"], input=text)
        return result.exit_code, result.output

    return go


def paused(session, person):
    session.commit()
    found = session.scalar(select(Person.mail_paused_at).where(Person.id == person.id))
    session.commit()
    return found is not None


def told(make, work, person, times):
    for _ in range(times):
        make.comment(make.practice(author=person))
    work()


def test_the_third_report_within_two_weeks_pauses_the_address(make, session, work, mails, bounced):
    person = make.person()
    told(make, work, person, 4)
    numbers = [message["Message-ID"] for message in mails()]
    for number in (numbers[0], numbers[0], numbers[1]):  # the same letter counts once
        assert bounced(number)[0] == 0
    assert not paused(session, person)
    for old in session.scalars(select(Bounce)):
        old.at -= timedelta(days=15)
    session.commit()
    bounced(numbers[2])
    assert not paused(session, person)
    for old in session.scalars(select(Bounce)):
        old.at += timedelta(days=10)
    session.commit()
    bounced(numbers[3], envelope="Original-Envelope-Id: " + numbers[3].strip("<>").partition("@")[0])
    assert paused(session, person)


@pytest.mark.parametrize(("status", "action", "stops"), [("5.1.1", "failed", True), ("4.4.1", "delayed", False)])
def test_a_missing_mailbox_is_enough_and_a_delay_is_nothing(make, session, work, mails, bounced, status, action, stops):
    person = make.person()
    told(make, work, person, 1)
    assert bounced(mails()[0]["Message-ID"], status, action)[0] == 0
    assert paused(session, person) is stops


def test_garbage_is_refused_in_words(bounced):
    for raw in ("", "\x00\xff", "Subject: hello\n\nSpam", REPORT.replace("message/delivery-status", "text/plain"), "x" * 2_000_000):
        code, words = bounced(raw=raw)
        assert code == 65 and "Это не отчёт" in words


def test_a_report_of_a_letter_that_was_never_sent_pauses_nobody(make, session, work, mails, bounced):
    person = make.person()
    told(make, work, person, 1)
    number = mails()[0]["Message-ID"]
    for forged in (f"<letter-1.{'0' * 24}@127.0.0.1>", number.replace("letter-1.", "letter-2."), "<other@mail.example>"):
        assert bounced(forged, "5.1.1")[0] == 65
    assert not paused(session, person) and session.scalars(select(Bounce)).all() == []


def test_a_refusal_of_the_server_counts_and_is_not_tried_again(make, session, work, box):  # noqa: F811
    person, slow = make.person(), make.person()
    box.refused = {person.email: "550 5.1.1 no such user", slow.email: "450 4.2.0 come later"}
    told(make, work, person, 1)
    told(make, work, slow, 1)
    assert paused(session, person) and not paused(session, slow)
    due = dict(session.execute(select(Letter.to, Letter.due_at)).all())
    assert due[person.email] is None and due[slow.email] is not None


def test_a_paused_address_gets_letters_of_security_alone_until_it_is_proved(make, session, browser, work, mails, bounced):
    person = make.person()
    told(make, work, person, 1)
    bounced(mails()[0]["Message-ID"], "5.1.1")
    told(make, work, person, 1)
    assert len(mails()) == 1
    me = browser().sign_in(person)
    assert "Письма до вас не доходят" in me.open("/account").words
    page = me.open("/notifications/settings")
    me.post("/letters/address", 303, data=page.form("/letters/address"))
    work()
    text = mails()[-1].get_content()
    assert mails()[-1]["Subject"] == "Проверка адреса почты"
    link = next(word for word in text.split() if "/letters/address/" in word).removeprefix("http://127.0.0.1:8000")
    guest = browser()
    page = guest.open(link)
    assert paused(session, person)
    guest.post(link, 303, data=page.form(link))
    assert not paused(session, person) and "подтверждён" in guest.open(link).words
    told(make, work, person, 1)
    assert mails()[-1]["List-Id"] == "<comment.127.0.0.1>"
    browser().open("/letters/address/x", expect=410)


def test_another_address_is_another_chance_and_admins_see_the_number(make, session, browser, work, mails, bounced):
    person = make.person()
    told(make, work, person, 1)
    bounced(mails()[0]["Message-ID"], "5.1.1")
    page = browser().sign_in(make.admin()).open("/admin")
    assert "Письма не доходят до 1 человека" in page.words and "письма не доходят" in page.words
