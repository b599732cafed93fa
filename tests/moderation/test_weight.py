"""What stands first in the queue, and how it is narrowed."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import update

from forum.core.clock import now
from forum.entries.models import Entry
from forum.moderation.models import Report
from forum.moderation.weight import credit, weight

HOURS = timedelta(hours=1)


def test_a_reporter_is_believed_by_what_came_of_earlier_reports():
    assert credit(0, 0) == 0.5
    assert credit(9, 0) > 0.9 > 0.5 > 0.1 > credit(0, 9)


@pytest.mark.parametrize(
    ("heavier", "lighter"),
    [
        (weight([0.5, 0.5], HOURS), weight([0.5], HOURS)),
        (weight([0.9], HOURS), weight([0.5], HOURS)),
        (weight([0.5], 60 * HOURS), weight([0.5], HOURS)),
        (weight([0.5], HOURS), weight([], HOURS)),
        (weight([], 24 * 365 * HOURS, first_post=True), weight([0.9] * 20, HOURS)),
    ],
    ids=["more reports", "a better record", "older", "any report", "age has no bound"],
)
def test_more_weighs_more(heavier, lighter):
    assert heavier > lighter


def test_a_moment_in_the_future_weighs_nothing():
    assert weight([], -HOURS) == 0


@pytest.fixture
def moderator(make, browser):
    return browser().sign_in(make.moderator(region="69"))


def titles(page):
    return [re.sub(r"\s+", " ", "".join(h.itertext())).strip() for h in page.tree.iter("h2") if (h.get("id") or "").startswith("case-")]


def test_reports_of_the_believed_and_of_many_come_first(make, session, moderator):
    crank, trusted, reader = make.person(), make.person(), make.person()
    for number in range(4):
        make.report(make.practice(f"Прежняя {number}"), crank)
        make.report(make.practice(f"Дельная {number}"), trusted)
    session.execute(update(Report).where(Report.reporter_id == crank.id).values(outcome="declined", resolved_at=now()))
    session.execute(update(Report).where(Report.reporter_id == trusted.id).values(outcome="upheld", resolved_at=now()))
    session.commit()
    doubtful, serious, many = make.practice("Сомнительное"), make.practice("Серьёзное"), make.practice("Многие")
    make.report(doubtful, crank)
    make.report(serious, trusted)
    for person in (trusted, reader, crank):
        make.report(many, person)
    assert titles(moderator.open("/moderation")) == ["Многие", "Серьёзное", "Сомнительное"]


def test_whatever_waits_long_enough_comes_first(make, session, moderator):
    old = make.practice("Ждёт месяц", author=make.person(trusted=False), state="waiting")
    make.report(make.practice("Жалоба"), make.person())
    assert titles(moderator.open("/moderation")) == ["Жалоба", "Ждёт месяц"]
    session.execute(update(Entry).where(Entry.id == old.id).values(changed_at=now() - timedelta(days=30)))
    session.commit()
    assert titles(moderator.open("/moderation")) == ["Ждёт месяц", "Жалоба"]


def test_the_queue_is_narrowed_by_its_address(make, session, moderator):
    here, there = make.practice("Калуга"), make.practice("Тверь", municipality=make.place(region="69"))
    make.practice("Первая", author=make.person(trusted=False), state="waiting")
    make.report(here, make.person(), "spam")
    make.report(there, make.person(), "false")
    session.execute(update(Report).where(Report.entry_id == there.id).values(at=now() - timedelta(days=5)))
    session.commit()
    moderator.post(f"/entries/{here.id}/claim", 303)
    narrowed = {
        "": {"Калуга", "Тверь", "Первая"},
        "?kind=posts": {"Первая"},
        "?kind=reports": {"Калуга", "Тверь"},
        "?region=69": {"Тверь"},
        "?age=3days": {"Тверь"},
        "?reason=spam": {"Калуга"},
        "?mine=1": {"Калуга"},
        "?kind=reports&region=40&reason=false": set(),
        "?kind=bogus&region=<b>&age=1&reason=x&mine=2&page=-1": {"Калуга", "Тверь", "Первая"},
    }
    assert {address: set(titles(moderator.open(f"/moderation{address}"))) for address in narrowed} == narrowed
    assert "Такого в очереди нет" in moderator.open("/moderation?region=99").words


def test_filters_stay_in_the_links_and_fields(make, moderator):
    make.report(make.practice(), make.person())
    page = moderator.open("/moderation?kind=reports&age=week&reason=spam")
    assert any("kind=posts" in link and "age=week" in link and "reason=spam" in link for link in page.links())
    assert 'name="kind" value="reports"' in page.text
    chosen = [option.get("value") for option in page.tree.iter("option") if option.get("selected") is not None]
    assert {"week", "spam"} <= set(chosen)


def test_a_long_queue_has_pages(make, moderator):
    reader, author = make.person(), make.person()
    for number in range(23):
        make.report(make.practice(f"Жалоба {number}", author=author), reader)
    first, second = moderator.open("/moderation"), moderator.open("/moderation?page=2")
    assert (len(titles(first)), len(titles(second))) == (20, 3)
    assert "Ждут 23" in first.words
    assert not set(titles(first)) & set(titles(second))
