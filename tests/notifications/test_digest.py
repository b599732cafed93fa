"""The digest: at its hour, only where there is something, complete, each thing once, and nothing that is gone."""

import threading
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from forum import worker
from forum.core import events
from forum.core.actor import SYSTEM
from forum.core.letters import Letter
from forum.notifications import digest, post
from forum.notifications.kinds import Rhythm
from forum.notifications.models import DigestItem

MOSCOW = ZoneInfo("Europe/Moscow")
TUESDAY = datetime(2026, 3, 3, 12, 0, tzinfo=MOSCOW)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=MOSCOW)


@pytest.mark.parametrize(
    ("moment", "daily", "weekly"),
    [
        (at(3, 12), at(3, 8), at(2, 8)),
        (at(3, 7, 59), at(2, 8), at(2, 8)),
        (at(2, 7, 59), at(1, 8), datetime(2026, 2, 23, 8, tzinfo=MOSCOW)),
        (at(2, 8), at(2, 8), at(2, 8)),
        (datetime(2026, 3, 3, 5, 0, tzinfo=UTC), at(3, 8), at(2, 8)),
    ],
)
def test_the_last_hour_of_a_rhythm(moment, daily, weekly):
    assert digest.slot(moment, Rhythm.DAILY, MOSCOW) == daily
    assert digest.slot(moment, Rhythm.WEEKLY, MOSCOW) == weekly


@pytest.fixture
def reader(make, wants):
    person = make.person("Мария Соколова")
    wants(person, comment="digest", reply="digest")
    return person


@pytest.fixture
def letters(letters, reader):
    """Those to the reader: who comments follows the discussion, and has digests too."""
    return lambda: [letter for letter in letters() if letter[0] == reader.email]


def test_it_comes_at_its_hour_complete_and_the_newest_first(make, reader, work, letters, mails, time_machine):
    time_machine.move_to(TUESDAY)
    yards, roads = make.practice("Светлые дворы", author=reader), make.practice("Ровные дороги", author=reader)
    for number, practice in enumerate((yards, roads, yards)):
        make.comment(practice, f"Вопрос {number}", author=make.person(f"Анна Ветрова {number}"))
    work()
    assert letters() == []
    time_machine.move_to(at(4, 8, 1))
    work()
    [(to, subject, text)] = letters()
    assert to == reader.email and subject.startswith("Сводка: 3 ")
    order = ["Светлые дворы\n", "Вопрос 2", "Вопрос 0", "Ровные дороги\n", "Вопрос 1"]
    assert [text.index(words) for words in order] == sorted(text.index(words) for words in order)
    html = next(m for m in mails() if m["To"] == reader.email).get_body(("html",)).get_content()
    assert html.count("/comments/") == 3 and "/notifications/settings" in html and "/letters/off/" in text
    time_machine.move_to(at(5, 8, 1))
    work()
    assert len(letters()) == 1


def test_a_question_ends_with_its_own_mark(make, reader, session, work, letters, time_machine):
    time_machine.move_to(TUESDAY)
    practice = make.practice("Светлые дворы", author=reader)
    practice.asked = 1
    events.record(session, "practice.confirmation_asked", by=SYSTEM, entry_id=practice.id, person_id=reader.id)
    session.commit()
    work()
    time_machine.move_to(at(4, 8, 1))
    work()
    [(_to, _subject, text)] = letters()
    assert "в практике, которую вы ведёте?\n" in text


def test_weekly_it_comes_on_monday(make, reader, session, work, letters, time_machine):
    time_machine.move_to(TUESDAY)
    reader.rhythm = "weekly"
    make.comment(make.practice(author=reader))
    work()
    time_machine.move_to(at(8, 23))
    work()
    assert letters() == []
    time_machine.move_to(at(9, 8, 1))
    work()
    assert len(letters()) == 1


def test_killed_between_any_two_steps_it_tells_everything_once(app, make, reader, session, work, letters, monkeypatch, time_machine):
    time_machine.move_to(TUESDAY)
    make.comment(make.practice(author=reader))
    work()
    time_machine.move_to(at(4, 9))

    def killed(*values, **more):
        raise KeyboardInterrupt

    def dies(step):
        with app.app_context(), pytest.raises(KeyboardInterrupt):
            step()
        session.rollback()

    with monkeypatch.context() as broken:
        broken.setattr(digest, "update", killed)  # the letter is written, its items are not taken yet
        dies(digest.make_due)
    assert session.scalars(select(Letter.id)).all() == []
    session.rollback()
    with app.app_context():
        digest.make_due()
        digest.make_due()
    with monkeypatch.context() as broken:
        broken.setattr(post, "compose", killed)
        dies(post.send_due)
    work()
    work()
    assert len(letters()) == 1
    assert session.scalars(select(DigestItem.letter_key)).all() == session.scalars(select(Letter.key)).all() != []


def test_a_late_delivery_waits_for_the_next(make, reader, work, letters, time_machine):
    time_machine.move_to(at(4, 7, 50))
    practice = make.practice(author=reader)
    make.comment(practice, "До восьми")
    work()
    time_machine.move_to(at(4, 8, 5))
    make.comment(practice, "После восьми")
    work()
    assert "До восьми" in letters()[0][2] and "После восьми" not in letters()[0][2]
    time_machine.move_to(at(5, 8, 5))
    work()
    assert len(letters()) == 2 and "После восьми" in letters()[1][2] and "До восьми" not in letters()[1][2]


def test_what_is_hidden_meanwhile_is_not_in_it(app, make, reader, session, work, letters, time_machine):
    time_machine.move_to(TUESDAY)
    practice = make.practice(author=reader)
    gone = make.comment(practice, "Грубые слова")
    make.comment(practice, "Добрые слова")
    work()
    time_machine.move_to(at(4, 9))
    with app.app_context():
        digest.make_due()
    gone.hide(by=SYSTEM, reason="Оскорбление")
    session.commit()
    work()
    assert "Грубые" not in letters()[0][2] and "Добрые" in letters()[0][2]
    more = make.comment(practice, "Тоже грубые")
    work()
    more.hide(by=SYSTEM, reason="Оскорбление")
    session.commit()
    time_machine.move_to(at(5, 9))
    work()
    assert len(letters()) == 1


def test_who_wants_it_no_longer_gets_none(make, reader, wants, work, letters, time_machine):
    time_machine.move_to(TUESDAY)
    make.comment(make.practice(author=reader))
    work()
    wants(reader, comment="site")
    wants(reader, comment="digest")
    time_machine.move_to(at(4, 9))
    work()
    assert letters() == []


def test_the_worker_asks_by_itself(app, make, reader, session, work, letters, monkeypatch, time_machine):
    time_machine.move_to(TUESDAY)
    make.comment(make.practice(author=reader))
    work()
    time_machine.move_to(at(4, 9))

    class Stop(threading.Event):
        rounds = 0

        def is_set(self):
            self.rounds += 1
            return bool(letters()) or self.rounds > 3

    monkeypatch.setattr(worker.threading, "Event", Stop)
    monkeypatch.setattr(worker.signal, "signal", lambda *values: None)
    with app.app_context():
        worker.run()
    assert len(letters()) == 1
