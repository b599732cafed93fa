"""The dashboard: what its figures count, within whose regions, and at what cost."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from forum.core.actor import Actor
from forum.core.clock import now
from forum.core.events import Event
from forum.moderation import actions, dashboard
from forum.moderation.models import Report

EVERYWHERE = Actor(id=999, role="moderator", confirmed=True)
KALUGA = Actor(id=999, role="moderator", confirmed=True, regions=frozenset({"40"}))


@pytest.fixture
def by(make):
    return make.actor(make.moderator())


def decided(session, make, by, hours, region="40", reason="spam"):
    """A practice that was reported, and hidden so many hours later."""
    practice = make.practice(municipality=make.place(region=region))
    report = make.report(practice, make.person(), reason)
    actions.hide(session, practice, by, "Реклама")
    session.commit()
    session.execute(update(Report).where(Report.id == report.id).values(at=now() - timedelta(hours=hours)))
    session.commit()
    return practice


def month(session, actor=EVERYWHERE):
    found = dashboard.handled(session, actor, now() - timedelta(weeks=4))
    session.commit()
    return found


def test_the_median_is_of_decisions_and_reports_on_one_entry_are_one_case(make, session, by):
    for hours in (1, 3, 50):
        decided(session, make, by, hours)
    twice = make.practice()
    for reporter in (make.person(), make.person()):
        make.report(twice, reporter, "false")
    cases = month(session)
    assert round(dashboard.typical(cases) / timedelta(hours=1)) == 3
    assert [case.reason for case in cases if case.closed is None] == ["false"]
    groups = dashboard.grouped(cases, lambda case: case.reason, now() - timedelta(weeks=4))
    assert [(group.key, group.received, group.decided, group.open) for group in groups] == [("spam", 3, 3, 0), ("false", 1, 0, 1)]


def test_first_posts_count_from_the_day_they_were_handed_in(make, session, by):
    practice = make.practice(author=make.person(trusted=False), state="waiting")
    waiting = make.practice(author=make.person(trusted=False), state="waiting")
    session.execute(update(Event).where(Event.kind == "practice.submitted").values(at=now() - timedelta(days=2)))
    session.commit()
    actions.approve(session, practice, by)
    session.commit()
    cases = {case.closed is None: case for case in month(session)}
    assert round(cases[False].took / timedelta(days=1)) == 2
    assert cases[True].opened == waiting.changed_at and cases[True].reason == dashboard.FIRST_POST


def test_a_regional_moderator_counts_their_regions_only(make, session, by):
    decided(session, make, by, 1)
    decided(session, make, by, 1, region="69")
    assert [case.region for case in month(session, KALUGA)] == ["40"]
    assert sorted(case.region for case in month(session)) == ["40", "69"]


def test_what_is_older_than_the_period_is_left_out_unless_it_is_open(make, session, by):
    decided(session, make, by, 1)
    session.execute(update(Report).values(at=now() - timedelta(weeks=9), resolved_at=now() - timedelta(weeks=8)))
    make.report(make.practice(), make.person())
    session.execute(update(Report).where(Report.resolved_at.is_(None)).values(at=now() - timedelta(weeks=9)))
    session.commit()
    assert [case.closed for case in month(session)] == [None]


def test_weeks_count_what_came_in_and_what_was_decided(make, session, by):
    decided(session, make, by, 24 * 8)
    starts = [now() - timedelta(days=14), now() - timedelta(days=7)]
    assert [(week.received, week.decided) for week in dashboard.weekly(month(session), starts)] == [(1, 0), (0, 1)]


def test_the_page_draws_pictures_with_tables_at_the_same_cost(make, session, by, browser, count_queries):
    moderator = browser().sign_in(make.moderator())
    assert "дел не было" in moderator.open("/moderation/dashboard").words
    decided(session, make, by, 3)
    few = count_queries(lambda: moderator.open("/moderation/dashboard?weeks=4"))
    page = moderator.open("/moderation/dashboard?weeks=4")
    assert page.text.count('<svg class="chart" role="img"') == 4 and page.text.count("<table>") == 4
    assert "Реклама или спам" in page.words and "Калужская область" in page.words and "style=" not in page.text
    for hours in range(1, 9):
        decided(session, make, by, hours, region="69", reason="abuse")
    assert count_queries(lambda: moderator.open("/moderation/dashboard?weeks=4")) == few <= 18
    moderator.open("/moderation/dashboard?weeks=бред")
    browser().sign_in(make.person()).open("/moderation/dashboard", expect=403)
