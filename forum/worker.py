"""The background worker: drains the outbox and the post, each item in a transaction of its own."""

import signal
import threading
import time
from collections.abc import Sequence
from datetime import timedelta

import structlog
from flask import current_app
from sqlalchemy import delete

from forum.accounts import sessions
from forum.adoptions import counting, following, reminding
from forum.attachments.extracting import extract_due
from forum.community import choosing
from forum.core import attempts, database, events
from forum.core.clock import now
from forum.core.letters import Letter
from forum.extensions import db
from forum.notifications import digest, post
from forum.open_data import counting as sums
from forum.open_data import dump
from forum.personal_data import copying, erasing
from forum.practices import confirming
from forum.practices.reckoning import reckon_all
from forum.solution_requests import asking, matching
from forum.tidying import tidy
from forum.trust.sweeping import sweep

POLL_SECONDS = 1.0
HOUSEKEEPING = timedelta(hours=1)
DUE = timedelta(minutes=1)  # how often it is asked whether the hour of digests has come, or the week wants its practice
NIGHT = 3  # the hour (UTC) after which levels of trust are looked at, once a day
MOST_PAUSE = 0.25
LETTERS_KEPT = timedelta(days=30)

log = structlog.get_logger()


def drain() -> int:
    """Deliver all that is due now; the number of deliveries tried. A failure is noted and tried again later."""
    done = 0
    while tried := deliver_some():
        done += tried
    db.session.rollback()
    return done


def deliver_some(stop: threading.Event | None = None) -> int:
    """The same of the oldest that are due, so that nothing else has to wait for the last; fewer where `stop` is set meanwhile."""
    done = 0
    for delivery_id in _due():
        if stop is not None and stop.is_set():
            break
        done += 1
        began = time.monotonic()
        _deliver(delivery_id)
        _give_way(time.monotonic() - began)
    return done


def _give_way(held: float) -> None:
    """Leave the site's writers as much time as the delivery held the lock.

    Who waits for SQLite's lock looks only from time to time, and would find no gap between one delivery and the next.
    """
    if db.engine.dialect.name == "sqlite":
        time.sleep(min(held, MOST_PAUSE))


def _due() -> Sequence[int]:
    # Looking takes no write lock: the site's writers need not wait for a look.
    with database.reading():
        ids = events.due(db.session())
        db.session.rollback()
    return ids


def _deliver(delivery_id: int) -> None:
    try:
        events.deliver(db.session(), delivery_id)
        db.session.commit()
    except Exception as error:
        # One subscriber's fault must not stop the others: it is kept with the row and logged.
        db.session.rollback()
        if database.is_busy(error):  # no fault of the subscriber's: its turn comes again
            log.warning("delivery_waits", delivery=delivery_id)
            return
        log.exception("delivery_failed", delivery=delivery_id)
        events.postpone(db.session(), delivery_id, error)
        db.session.commit()


def housekeep() -> None:
    """Drop what nothing looks at any more."""
    attempts.purge(db.session())
    sessions.purge(db.session())
    copying.purge(db.session())
    digest.purge(db.session())
    tidy(db.session(), current_app.extensions["files"])
    db.session.execute(delete(Letter).where(Letter.sent_at < now() - LETTERS_KEPT))
    db.session.commit()


def sweep_levels() -> None:
    """Levels of trust that time and votes change, a batch to a transaction."""
    for _ in sweep(db.session(), now()):
        db.session.commit()


def reckon_costs() -> None:
    """Comparable costs that a new index of prices or another number of residents changes, a batch to a transaction."""
    for _ in reckon_all(db.session()):
        db.session.commit()


def ask_keepers() -> None:
    """Whether practices are still true, once a year each: a batch to a transaction."""
    for _ in confirming.tend(db.session(), now()):
        db.session.commit()


def choose_weekly() -> None:
    """The practice of the week, once it has begun; another where that has left the site."""
    zone = current_app.config["TIMEZONE"]
    week = choosing.week_of(now(), zone)
    # Looking takes no write lock, as above: the rule weighs all that appeared within months.
    with database.reading():
        found = choosing.find(db.session(), week, zone)
        db.session.rollback()
    if found is not None:
        choosing.choose(db.session(), week, found)
        db.session.commit()


def remind_adopters() -> None:
    """Whoever has been silent for as long as they said: a record to a transaction."""
    with database.reading():
        ids = reminding.due(db.session())
        db.session.rollback()
    for id in ids:
        reminding.remind(db.session(), id)
        db.session.commit()


def count_adoptions() -> None:
    """Numbers of adoptions that have drifted from what they count, and what these repeat of practices; looking takes no write lock,
    and mostly there are none."""
    with database.reading():
        astray, drifted = following.astray(db.session()), counting.drifted(db.session())
        db.session.rollback()
    if astray or drifted:
        following.mend(db.session())
        counting.mend(db.session())
        db.session.commit()


def match_requests() -> None:
    """People who have written what may answer a new request; then those who have not heard of any this week, each by itself."""
    with database.reading():
        ids, people = matching.unmatched(db.session()), asking.untold(db.session())
        db.session.rollback()
    for id in ids:
        matching.match(db.session(), current_app.extensions["search"], id)
        db.session.commit()
    for person_id in people:
        asking.tell(db.session(), person_id)
        db.session.commit()


def close_requests() -> None:
    """Requests whose time is up: their authors are asked, and those who said nothing find them closed."""
    with database.reading():
        ids = asking.overdue(db.session())
        db.session.rollback()
    for id in ids:
        asking.remind_or_close(db.session(), id)
        db.session.commit()


def count_sums() -> None:
    """The sums of the statistics page; looking takes no write lock."""
    with database.reading():
        counted = sums.count(db.session())
        db.session.rollback()
    sums.keep(db.session(), counted)
    db.session.commit()


def give_data(stop: threading.Event) -> None:
    """The dump, where there is none of this night; between its batches the outbox and the post go on, and it gives way to the end."""
    with database.reading():
        due = dump.due(db.session(), now())
        db.session.rollback()
    if due:
        for _ in dump.whole(db.engine, db.session(), current_app.extensions["files"]):
            if stop.is_set():
                return
            deliver_some(stop)
            post.send_due()


def run() -> None:
    """Work until SIGTERM or SIGINT; the item in hand is finished first."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    tidy_at, due_at, swept_on = now(), now(), None
    while not stop.is_set():
        try:
            busy = deliver_some(stop) + post.send_due() + extract_due() + copying.make_due() + erasing.erase_due()
            if now() >= due_at:
                due_at = now() + DUE
                busy += digest.make_due()
                choose_weekly()
                match_requests()
            if now() >= tidy_at:
                housekeep()
                remind_adopters()
                close_requests()
                tidy_at = now() + HOUSEKEEPING
                if now().hour >= NIGHT and now().date() != swept_on:
                    swept_on = now().date()
                    sweep_levels()
                    reckon_costs()
                    count_adoptions()
                    ask_keepers()
                    count_sums()
                    give_data(stop)
        except Exception:
            db.session.rollback()
            log.exception("worker_failed")
            busy = 0
        db.session.remove()
        if not busy:
            stop.wait(POLL_SECONDS)
