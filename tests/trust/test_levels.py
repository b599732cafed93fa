"""What earns trust, and what costs it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from forum.accounts.models import Person
from forum.core.clock import now
from forum.core.events import Event
from forum.core.level import Level
from forum.trust import facts as gathering
from forum.trust.levels import DAYS, POSTS, VOTES, Facts, level, missing
from forum.trust.sweeping import sweep

patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
few = st.integers(0, 40)
some_facts = st.builds(
    Facts,
    days=st.none() | st.integers(0, 100),
    approved=few,
    posts=few,
    votes=st.integers(-20, 40),
    upheld=st.integers(0, 5),
    sanctioned=st.booleans(),
    verified=st.booleans(),
)


@patient
@given(some_facts, st.sampled_from(["days", "approved", "posts", "votes"]), st.integers(1, 50))
def test_more_of_what_is_good_never_costs_a_level(facts, name, more):
    better = replace(facts, **{name: (getattr(facts, name) or 0) + more})
    assert level(better) >= level(facts)
    assert level(replace(facts, verified=True)) >= level(facts)


@patient
@given(some_facts, st.integers(1, 5))
def test_bad_conduct_never_earns_a_level(facts, more):
    assert level(replace(facts, upheld=facts.upheld + more)) <= level(facts)
    assert level(replace(facts, sanctioned=True)) == Level.NEWCOMER


@patient
@given(some_facts)
def test_something_is_missing_for_everybody_but_the_trusted(facts):
    assert bool(missing(facts)) == (level(facts) < Level.TRUSTED)


@pytest.mark.parametrize("lacks", ["days", "posts", "votes"])
def test_trust_begins_exactly_at_its_figures(lacks):
    enough = Facts(days=DAYS, approved=2, posts=POSTS, votes=VOTES)
    assert level(enough) is Level.TRUSTED
    almost = replace(enough, **{lacks: getattr(enough, lacks) - 1})
    assert level(almost) is Level.KNOWN
    assert [number for _need, number in missing(almost)] == [1]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (Facts(days=0, approved=1), Level.NEWCOMER),
        (Facts(days=0, approved=2), Level.KNOWN),
        (Facts(days=0, verified=True), Level.TRUSTED),
        (Facts(days=None, verified=True), Level.NEWCOMER),
        (Facts(days=0, verified=True, upheld=1), Level.KNOWN),
        (Facts(days=0, verified=True, upheld=3), Level.NEWCOMER),
        (Facts(days=0, staff=True, sanctioned=True), Level.TRUSTED),
    ],
)
def test_the_rule_at_its_edges(facts, expected):
    assert level(facts) is expected


def _again(session, person):
    session.commit()
    found = session.scalar(select(Person).where(Person.id == person.id).execution_options(populate_existing=True))
    session.commit()
    return found


def test_an_upheld_report_lowers_and_undoing_raises_again(make, session, browser, drain):
    author, judge = make.person("Пётр Верный"), browser().sign_in(make.moderator())
    practice = make.practice(author=author)
    make.report(practice, make.person())
    judge.post(f"/entries/{practice.id}/hiding", reason="Реклама")
    drain()
    assert _again(session, author).standing is Level.KNOWN
    assert "Уровень доверия: Участник" in browser().sign_in(author).open("/account").words
    hidden = session.scalar(select(Event.id).where(Event.kind == "moderation.hidden"))
    session.commit()
    judge.post(f"/moderation/log/{hidden}/undoing", expect=302, reason="Ошибка")
    drain()
    assert _again(session, author).standing is Level.TRUSTED
    kinds = session.scalars(select(Event.kind).where(Event.kind.startswith("trust.")).order_by(Event.id)).all()
    assert kinds == ["trust.capped", "trust.raised"]


def test_who_was_silenced_writes_as_a_newcomer_for_ninety_days(make, session, browser, drain, state):
    author, judge = make.person("Пётр Резкий"), browser().sign_in(make.moderator())
    judge.post(f"/people/{author.handle}/silence", days="1", reason="Оскорбления")
    drain()
    assert _again(session, author).standing is Level.NEWCOMER
    at = now()
    assert gathering.conduct(session, author.id, at + timedelta(days=89)) == (0, True)
    assert gathering.conduct(session, author.id, at + timedelta(days=91)) == (0, False)
    list(sweep(session, at + timedelta(days=91)))
    assert _again(session, author).standing is Level.TRUSTED


def test_telling_twice_changes_and_says_nothing_more(make, session, known):
    person = known()
    gathering.settle(session, person.id, now())
    events = len(session.scalars(select(Event.id)).all())
    assert gathering.settle(session, person.id, now()) is Level.KNOWN
    assert len(session.scalars(select(Event.id)).all()) == events


def test_time_and_votes_are_noticed_by_the_sweep(make, session, known):
    person = known(confirmed=True)
    person.confirmed_at = now() - timedelta(days=DAYS)
    for number in range(POSTS):
        make.practice(f"Практика {number}", author=person).score = 1
    session.commit()
    list(sweep(session, now()))
    assert _again(session, person).standing is Level.TRUSTED


def test_everybody_can_read_what_levels_allow(visit):
    page = visit("/trust")
    assert page.heading == "Уровни доверия"
    for figure in ("8 за 10 минут", "20 за час", "50 за сутки"):
        assert figure in page.words


def test_people_see_where_they_stand_and_others_do_not(make, browser):
    newcomer = make.person("Юлия Новикова", trusted=False)
    own = browser().sign_in(newcomer)
    for address in ("/account", f"/people/{newcomer.handle}"):
        words = own.open(address).words
        assert "Уровень доверия: Новичок" in words
        assert "Модератор одобрит ещё 2" in words
    assert "Уровень доверия" not in browser().open(f"/people/{newcomer.handle}").words
