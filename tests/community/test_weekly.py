"""«Практика недели»: the rule, the choice, who is told, and passing one over."""

import xml.etree.ElementTree as ET
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest
import time_machine
from sqlalchemy import select

from forum.community import choosing
from forum.community.choosing import Candidate, best, week_of
from forum.community.models import WeeklyChoice
from forum.core.clock import now
from forum.moderation.chain import verify
from forum.notifications.models import Notice

ZONE = "Europe/Moscow"
ATOM = "{http://www.w3.org/2005/Atom}"


def chosen(session) -> list[int]:
    """The practices of the weeks, the last first."""
    query = select(WeeklyChoice.practice_id).where(WeeklyChoice.passed_at.is_(None)).order_by(WeeklyChoice.week.desc())
    found = session.scalars(query).all()
    session.commit()
    return list(found)


def last_week() -> datetime:
    monday = week_of(now(), ZONE)
    return datetime(monday.year, monday.month, monday.day, tzinfo=UTC) - timedelta(days=3)


def notices(session, person, kind) -> int:
    found = session.scalars(select(Notice.id).where(Notice.person_id == person.id, Notice.kind == kind)).all()
    session.commit()
    return len(found)


def test_complete_cards_first_then_points_then_the_earlier():
    candidates = [
        Candidate(1, False, 90, 9),
        Candidate(2, True, 3, 1),
        Candidate(3, True, 2, 2),
        Candidate(4, True, -5, 3),
    ]
    order = []
    left = list(candidates)
    while left:
        Random(len(left)).shuffle(left)  # the order they come in is nothing to the rule
        order.append(best(left))
        left.remove(order[-1])
    assert [one.id for one in order] == [2, 3, 4, 1]
    assert best([]) is None


def test_a_week_begins_on_monday_where_the_site_is():
    assert week_of(datetime(2026, 11, 29, 20, 59, tzinfo=UTC), ZONE) == date(2026, 11, 23)
    assert week_of(datetime(2026, 11, 29, 21, 0, tzinfo=UTC), ZONE) == date(2026, 11, 30)


def test_the_worker_chooses_once_and_tells_the_author_once(make, session, complete, votes, work, visit):
    quiet, loved = complete("Тихая", 20), complete("Любимая", 10)
    votes(loved, 3, at=last_week())
    votes(quiet, 5, at=last_week() - timedelta(days=7))  # of another week
    for _ in range(2):
        work()
    assert chosen(session) == [loved.id]
    assert notices(session, loved.author, "practice.chosen") == 1 and notices(session, quiet.author, "practice.chosen") == 0
    home = visit("/").words
    assert home.index("Практика недели") < home.index("Любимая") < home.index("Новые практики")
    assert home[home.index("Новые практики") :].count("Любимая") == 0  # it is not shown twice


def test_who_writes_counts_once_and_the_author_not_at_all(make, session, complete, work):
    talked, loud = complete("Обсуждаемая", 10), complete("Шумная", 12)
    for entry, author in [(talked, None), (talked, None), (loud, loud.author), (loud, loud.author), (loud, loud.author)]:
        make.comment(entry, author=author).published_at = last_week()
    fan = make.person()
    for _ in range(5):
        make.comment(loud, author=fan).published_at = last_week()
    work()
    assert chosen(session) == [talked.id]


@pytest.mark.parametrize("why", ["too young", "too old", "hidden", "suspended"])
def test_what_the_rule_leaves_out(make, session, complete, work, why):
    practice = complete("Единственная", {"too young": 0, "too old": 120}.get(why, 10))
    if why == "hidden":
        practice.hide(by=make.actor(make.moderator()), reason="Реклама")
    if why == "suspended":
        practice.author.suspended_until = now() + timedelta(days=300)
    work()
    assert chosen(session) == []


def test_next_week_another_one(session, complete, work, visit):
    first, second = complete("Первая", 14), complete("Вторая", 13)
    work()
    assert chosen(session) == [first.id]
    with time_machine.travel(now() + timedelta(days=7)):
        work()
    assert chosen(session) == [second.id, first.id]
    with time_machine.travel(now() + timedelta(days=14)):
        work()
    assert chosen(session) == [second.id, first.id]  # none twice
    words = visit("/practices/weekly").words
    assert words.index("Вторая") < words.index("Первая")
    feed = ET.fromstring(visit("/practices/weekly/feed.atom").response.data)
    assert [entry.findtext(f"{ATOM}title") for entry in feed.findall(f"{ATOM}entry")] == ["Вторая", "Первая"]


def test_a_moderator_passes_one_over_with_a_reason_on_the_log(make, session, complete, work, sign_in, visit):
    first, second = complete("Первая", 12), complete("Вторая", 11)
    work()
    me = sign_in(make.moderator())
    address = f"/practices/weekly/{first.id}/passing"
    assert any(href.startswith(address) for href in me.open("/practices/weekly").links())
    form = me.open(address).form(address)
    assert "причин" in me.post(address, 422, data=form).words.lower()
    assert chosen(session) == [first.id]
    for _ in range(2):  # the second press finds it done
        me.post(address, 302, data=form | {"reason": "Это реклама подрядчика"})
    assert chosen(session) == [second.id]
    log = visit("/moderation/log").words
    assert "Выбрана другая практика недели" in log and "Это реклама подрядчика" in log
    assert verify(session).fault is None
    session.commit()
    work()
    assert notices(session, first.author, "moderation.passed_over") == 1 and notices(session, second.author, "practice.chosen") == 1
    page = visit("/practices/weekly").words
    assert "Вторая" in page and "Первая" not in page
    me.open(address)  # its own page is still there to say so
    me.open(f"/practices/weekly/{make.practice().id}/passing", 404)


def test_nobody_passes_over_their_own_or_another_region(make, session, complete, work, browser):
    moderator = make.moderator(regions=("40",))
    theirs = complete("Своя", 12, author=moderator)
    work()
    for person in (moderator, make.moderator(regions=("69",))):
        me = browser().sign_in(person)
        assert f"/practices/weekly/{theirs.id}/passing" not in " ".join(me.open("/practices/weekly").links())
        me.post(f"/practices/weekly/{theirs.id}/passing", 403, reason="Не нравится")
    assert chosen(session) == [theirs.id]


def test_what_was_hidden_since_is_not_shown(make, session, complete, work, visit):
    practice = complete("Любимая", 10)
    work()
    practice.hide(by=make.actor(make.moderator()), reason="Реклама")
    session.commit()
    for address in ("/", "/practices/weekly", "/practices/weekly/feed.atom"):
        assert "Любимая" not in visit(address).text


def test_the_place_of_what_was_hidden_goes_to_the_next_one(make, session, complete, work, visit):
    first, second = complete("Первая", 12), complete("Вторая", 11)
    work()
    moderator = make.actor(make.moderator())
    first.hold(by=moderator)
    work()
    assert chosen(session) == [first.id]  # nothing is decided yet
    first.hide(by=moderator, reason="Реклама")
    work()
    assert chosen(session) == [second.id] and notices(session, second.author, "practice.chosen") == 1
    assert "Вторая" in visit("/practices/weekly").words
    first.restore(by=moderator)
    work()
    assert chosen(session) == [second.id]
    with time_machine.travel(now() + timedelta(days=7)):
        work()
    assert chosen(session) == [first.id, second.id]  # it lost its week, not its chance


def test_two_workers_choose_one(session, complete):
    first, second = complete("Первая", 12), complete("Вторая", 11)
    week = week_of(now(), ZONE)
    assert choosing.choose(session, week, first.id) and not choosing.choose(session, week, second.id)
