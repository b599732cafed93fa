"""`flask demo bulk`: the same seed gives the same rows, and every counter agrees with the rows it counts."""

import json
import shutil
import sqlite3
from contextlib import closing
from functools import partial
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from config import Testing
from forum import create_app
from forum.accounts.models import Person
from forum.accounts.passwords import matches
from forum.comments.models import Comment
from forum.core import stamps
from forum.core.text import render
from forum.demo.prose import Prose
from forum.demo.volume import END
from forum.entries.models import Entry, State
from forum.extensions import db
from forum.places.models import Municipality
from forum.practices.models import Practice, practice_tags
from forum.practices.reckoning import reckon_all
from forum.search.models import Queued
from forum.solution_requests.models import SolutionRequest
from forum.taxonomy.models import Tag
from forum.votes.models import Vote
from tests.client import put_away

# A volume is made once for most of them.
pytestmark = pytest.mark.xdist_group("volume")

SIZE = ("--practices", "120", "--comments", "900", "--people", "30")


def fill(app, *words):
    result = app.test_cli_runner().invoke(args=["demo", "bulk", *(words or SIZE)])
    assert result.exit_code == 0, result.output
    return result.output


@pytest.fixture
def bulk(app):
    return partial(fill, app)


@pytest.fixture(scope="module")
def said(migrated, tmp_path_factory):
    """A site with a volume, to be read only, and what making it said."""
    folder = tmp_path_factory.mktemp("volume")
    shutil.copy(migrated, folder / "forum.sqlite3")
    app = create_app(Testing(INSTANCE=str(folder), SECRET_KEY="a key for tests only"))
    yield app, fill(app)
    put_away(app)


@pytest.fixture
def volume(said):
    with said[0].app_context():
        engine = db.engine
    with Session(engine) as session:  # no context is left: a command would take the application of one that is
        yield session


def rows(session, table):
    session.rollback()
    found = [tuple(json.dumps(value, default=str) for value in row) for row in session.execute(select(table.__table__)).all()]
    session.rollback()
    return sorted(found)


def test_as_many_as_were_asked_for_and_search_is_not_flooded(said, volume):
    assert "flask search rebuild" in said[1]
    assert volume.scalar(select(func.count()).select_from(Practice)) == 120
    assert volume.scalar(select(func.count()).select_from(Comment)) == 900
    assert volume.scalar(select(func.count()).select_from(Person)) == 30
    assert volume.scalar(select(func.count()).select_from(SolutionRequest)) == 2  # one for 50 practices
    assert volume.scalar(select(func.count()).select_from(Queued)) == 0
    assert stamps.current(volume) > 0


def test_the_same_seed_gives_the_same_rows(bulk, session, volume):
    bulk()
    for table in (Person, Entry, Practice, Comment, Vote):
        assert rows(session, table) == rows(volume, table) != [], table


def test_another_seed_adds_others_and_the_same_one_is_refused(said, bulk, app, session):
    folders = (Path(each.config["INSTANCE"]) for each in (said[0], app))
    made, copy = (sqlite3.connect(folder / "forum.sqlite3") for folder in folders)
    with closing(made), closing(copy):
        made.backup(copy)
    bulk("--practices", "10", "--comments", "0", "--people", "5", "--seed", "2")
    assert session.scalar(select(func.count()).select_from(Practice)) == 130
    session.rollback()
    again = app.test_cli_runner().invoke(args=["demo", "bulk", *SIZE])
    assert again.exit_code == 1 and "--seed" in again.stderr


def test_counters_agree_with_rows(volume):
    e, c, v, p = Entry.__table__, Entry.__table__.alias(), Vote.__table__, Practice.__table__
    below = (c.c.root_id == e.c.id, c.c.state == State.PUBLISHED)
    number = select(func.count()).where(*below).scalar_subquery()
    last = select(func.max(c.c.published_at)).where(*below).scalar_subquery()
    wrong = (e.c.comments_count != number) | e.c.last_comment_at.is_distinct_from(last)
    assert not volume.execute(select(e.c.id).where(e.c.root_id.is_(None), wrong)).all()
    votes = select(func.coalesce(func.sum(v.c.value), 0)).where(v.c.entry_id == e.c.id).scalar_subquery()
    assert not volume.execute(select(e.c.id).where((e.c.score != votes) | (e.c.score != e.c.ups - e.c.downs))).all()
    own = select(v.c.entry_id).join(e, e.c.id == v.c.entry_id).where(v.c.person_id == e.c.author_id)
    assert not volume.execute(own).all()
    listed = select(p.c.id).join(e, e.c.id == p.c.id).where(e.c.state == State.PUBLISHED)
    misplaced = (p.c.listed_at != e.c.published_at) != p.c.stale  # what nobody confirmed stands lower
    wrong = misplaced | (p.c.list_score != e.c.score) | (p.c.list_comments != e.c.comments_count)
    assert not volume.execute(listed.where(wrong)).all()
    unlisted = select(p.c.id).join(e, e.c.id == p.c.id).where(e.c.state != State.PUBLISHED, p.c.listed_at.is_not(None))
    assert not volume.execute(unlisted).all()
    assert not volume.execute(select(e.c.id).join(c, c.c.id == e.c.root_id).where(e.c.created_at <= c.c.created_at)).all()
    used = select(func.count()).select_from(practice_tags.join(p)).where(practice_tags.c.tag_id == Tag.id, p.c.listed_at.is_not(None))
    assert not volume.execute(select(Tag.id).where(Tag.uses != used.scalar_subquery())).all()


def test_requests_stand_in_their_lists_as_their_own_rows_say(said, volume):
    for request in volume.scalars(select(SolutionRequest).options(selectinload(SolutionRequest.tags))):
        slug, listed, wanted, unanswered = request.slug, request.listed_at, request.list_wanted, request.unanswered
        request.settle()
        assert (request.slug, request.listed_at, request.list_wanted, request.unanswered) == (slug, listed, wanted, unanswered)
        assert request.html["problem"] == render(request.problem) and request.tags
        assert (request.outcome == "open") == (request.until > END.date())
    volume.rollback()
    page = said[0].test_client().get("/requests").get_data(as_text=True)
    assert page.count('<a href="/requests/') >= 2


def test_threads_have_two_levels_and_scopes_follow_the_practice(volume):
    parents = {row.id: row for row in volume.execute(select(Comment.__table__))}
    answers = [row for row in parents.values() if row.parent_id]
    assert len(answers) > 100
    for row in answers:
        parent = parents[row.parent_id]
        assert (row.on_id, row.thread_id) == (parent.on_id, parent.thread_id or parent.id)
    root, below = Entry.__table__, Entry.__table__.alias()
    below_root = select(below.c.id).join(root, root.c.id == below.c.root_id)
    assert not volume.execute(below_root.where(root.c.region_code != below.c.region_code)).all()
    places = select(Practice.id).join(Municipality, Municipality.id == Practice.municipality_id)
    assert not volume.execute(places.where(Municipality.region_code != Practice.region)).all()


def test_stored_html_is_what_the_renderer_makes(volume):
    for text, html in volume.execute(select(Practice.solution, Practice.html).limit(30)):
        assert html["solution"] == render(text)
    for text, html in volume.execute(select(Comment.body, Comment.html).limit(60)):
        assert html == render(text)


def test_its_people_can_sign_in(said, volume):
    with said[0].app_context():
        assert matches(volume.scalar(select(Person.password_hash).limit(1)), "demo-password")


def test_sentences_are_many():
    prose = Prose(Random(1))
    assert len({prose.sentence() for _ in range(2000)}) > 1950


def test_index_brings_it_into_search(bulk, app):
    assert "documents in the index" in bulk("--practices", "20", "--comments", "50", "--people", "5", "--index")
    assert "agree" in app.test_cli_runner().invoke(args=["search", "check"]).output


def test_comparable_costs_are_those_that_saving_would_reckon(volume):
    told = select(func.count()).where(Practice.comparable_cost.is_not(None), Practice.town_kind.is_not(None))
    assert volume.scalar(told) > 60
    assert sum(reckon_all(volume)) == 0
    volume.rollback()
