"""`flask demo load`, the real thing, once."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from forum.accounts.models import Person
from forum.accounts.passwords import matches
from forum.accounts.queries import as_actor, by_email
from forum.adoptions.models import Adoption, AdoptionNote, Stage
from forum.comments.models import Comment
from forum.community import tour
from forum.core.clock import now
from forum.core.events import Delivery, Event
from forum.core.letters import Letter
from forum.demand.models import Unmet
from forum.demand.observing import ANSWERED
from forum.demand.queries import answered
from forum.demand.queries import wanted as wanted_questions
from forum.entries.models import Entry, State
from forum.extensions import db
from forum.follows.models import Follow, Mute
from forum.moderation.models import Report
from forum.notifications.models import DigestItem, Notice
from forum.practices.models import Practice, Status
from forum.search.models import Queued
from forum.search.port import Query
from forum.taxonomy.models import Obstacle
from forum.votes.models import Vote

pytestmark = pytest.mark.xdist_group("demonstration")

SIX = ("employee", "colleague", "moderator", "regional", "admin", "newcomer")


@pytest.fixture
def loaded(demonstration):
    with demonstration.app_context(), Session(db.engine) as session:
        yield session


def count(session, table, *where):
    return session.scalar(select(func.count()).select_from(table).where(*where))


def test_it_is_noted_for_the_next_start(demonstration):
    assert (Path(demonstration.config["INSTANCE"]) / "demo-loaded").exists()


def test_practices_over_all_nominations_and_statuses(loaded):
    assert count(loaded, Practice, Practice.listed_at.is_not(None)) >= 40
    assert set(loaded.scalars(select(Practice.nomination_id).distinct())) == {1, 2, 3, 4, 5}
    assert set(loaded.scalars(select(Practice.status).distinct())) == set(Status)
    assert count(loaded, Practice, Practice.donor_id.is_not(None)) >= 3


def test_discussion_and_votes_agree_with_what_is_counted(loaded):
    assert count(loaded, Comment) >= 150
    assert count(loaded, Comment, Comment.parent_id.is_not(None)) >= 40
    assert count(loaded, Vote) >= 500
    below = select(func.count()).where(Comment.on_id == Practice.id).scalar_subquery()
    assert not loaded.scalars(select(Practice.id).where(Practice.comments_count != below)).all()
    votes = select(func.coalesce(func.sum(Vote.value), 0)).where(Vote.entry_id == Entry.id).scalar_subquery()
    assert not loaded.scalars(select(Entry.id).where(Entry.score != votes)).all()
    assert not loaded.scalars(select(Practice.id).where(Practice.listed_at.is_not(None), Practice.list_score != Practice.score)).all()
    assert count(loaded, Vote, Vote.person_id == select(Entry.author_id).where(Entry.id == Vote.entry_id).scalar_subquery()) == 0


def test_adoptions_tell_of_every_stage_and_every_obstacle(loaded):
    assert count(loaded, Adoption, Adoption.listed_at.is_not(None)) >= 60
    assert len(set(loaded.scalars(select(Adoption.practice_id)))) >= 25
    assert set(loaded.scalars(select(Adoption.stage))) == set(Stage)
    assert set(loaded.scalars(select(Adoption.obstacle_id))) - {None} == set(loaded.scalars(select(Obstacle.id)))
    result = Adoption.stage == Stage.RESULT
    assert count(loaded, Adoption, Adoption.confirmed_at.is_not(None)) >= 20
    assert count(loaded, Adoption, result, Adoption.confirmed_at.is_(None), Adoption.questioned_at.is_(None)) >= 5
    assert count(loaded, Adoption, result, Adoption.questioned_at.is_not(None)) == 1


def test_an_adoption_is_as_old_as_its_last_note(loaded):
    last = select(func.max(AdoptionNote.at)).where(AdoptionNote.adoption_id == Adoption.id).scalar_subquery()
    assert not loaded.scalars(select(Adoption.id).where(Adoption.changed_at != last)).all()
    assert count(loaded, Event, Event.kind.startswith("adoption."), Event.at > loaded.scalar(select(func.max(AdoptionNote.at)))) == 0


def test_the_six_accounts(demonstration, loaded):
    people = {name: loaded.scalar(by_email(f"{name}@demo.example")) for name in SIX}
    assert [people[name].role for name in SIX] == ["employee", "employee", "moderator", "moderator", "admin", "employee"]
    assert all(matches(person.password_hash, "demo-password") for person in people.values())
    regional = loaded.execute(as_actor(people["regional"].id)).unique().scalar_one().as_actor()
    assert (regional.moderates("40"), regional.moderates("69")) == (True, False)
    assert people["employee"].trusted and not people["newcomer"].trusted


def test_the_moderator_has_something_to_do(loaded):
    newcomer = loaded.scalar(by_email("newcomer@demo.example"))
    assert [one.author_id for one in loaded.scalars(select(Practice).where(Practice.state == State.WAITING))] == [newcomer.id]
    assert count(loaded, Report, Report.resolved_at.is_(None)) == 3
    assert len(set(loaded.scalars(select(Report.reporter_id)))) == 3
    assert count(loaded, Practice, Practice.state == State.HIDDEN) == 1


def test_nobody_is_flooded_and_no_letter_goes_out(loaded):
    assert count(loaded, Letter) == count(loaded, Delivery) == count(loaded, Queued) == 0
    most = loaded.scalar(select(func.count()).select_from(Notice).group_by(Notice.person_id).order_by(func.count().desc()).limit(1))
    assert 1 <= most <= 10
    assert not loaded.scalars(select(Person.id).where(Person.unread > 10)).all()


def test_two_people_follow_things_were_told_of_them_and_get_a_digest(loaded):
    for handle in ("employee", "colleague"):
        me = loaded.scalar(by_email(f"{handle}@demo.example")).id
        assert count(loaded, Follow, Follow.person_id == me, Follow.entry_id.is_(None)) >= 3
        assert count(loaded, Notice, Notice.person_id == me, Notice.kind == "followed_practice") >= 2
        yesterday = now() - timedelta(days=1)
        assert count(loaded, DigestItem, DigestItem.person_id == me, DigestItem.at < yesterday) >= 2
    assert len(set(loaded.scalars(select(DigestItem.person_id)))) == 2
    assert count(loaded, Mute) == 1
    last = loaded.scalar(select(func.max(Entry.published_at)))
    assert count(loaded, Notice, Notice.kind.startswith("followed"), Notice.at > last) == 0


def test_the_newcomer_has_just_come_and_is_shown_around(loaded):
    newcomer = loaded.scalar(by_email("newcomer@demo.example"))
    steps = tour.steps(loaded, newcomer)
    assert tour.is_new(newcomer, now()) and steps.done == 2 and not steps.found


def test_what_is_missing_is_missing_and_what_was_found_can_be_read(demonstration, loaded):
    wanted = loaded.scalars(wanted_questions(now().date())).all()
    assert len(wanted) >= 10
    for one in wanted:
        results = demonstration.extensions["search"].search(Query(one.text))
        assert results.total == 0 or results.coverage < ANSWERED, one.text
    assert len(loaded.scalars(answered(10)).all()) == 3


def test_a_second_load_changes_nothing(demonstration, loaded):
    before = [count(loaded, table) for table in (Person, Entry, Vote, Report, Notice, Unmet)]
    loaded.rollback()
    assert demonstration.test_cli_runner().invoke(args=["demo", "load"]).exit_code == 0
    assert [count(loaded, table) for table in (Person, Entry, Vote, Report, Notice, Unmet)] == before


def test_search_has_it(demonstration):
    assert "agree" in demonstration.test_cli_runner().invoke(args=["search", "check"]).output


@pytest.mark.parametrize(("name", "value"), [("HOST", "0.0.0.0"), ("HOST", "demo.example.org"), ("ENV", "production")])  # noqa: S104
def test_it_is_refused_where_strangers_could_reach_it(app, name, value):
    app.config[name] = value
    result = app.test_cli_runner().invoke(args=["demo", "load"])
    assert result.exit_code == 1 and "passwords are public" in result.stderr


@pytest.mark.parametrize("host", ["::1"])
def test_loopback_has_other_names_too(demonstration, monkeypatch, host):
    monkeypatch.setitem(demonstration.config, "HOST", host)
    assert demonstration.test_cli_runner().invoke(args=["demo", "load"]).exit_code == 0
