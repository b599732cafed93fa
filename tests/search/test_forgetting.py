"""Rows of the queue that are done go beside the one who indexes: who writes does not hold up what is found."""

import time

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from forum.core.database import reading
from forum.search import indexing
from forum.search.forgetting import Forgetting
from forum.search.models import Queued
from forum.search.port import Query

PATIENCE = 60


@pytest.fixture
def engine(app):
    yield app.extensions["search"]
    app.extensions["search"].close()


@pytest.fixture
def forgetting(session):
    return Forgetting(session.get_bind())


@pytest.fixture
def left(session):
    """How many rows are in the queue."""

    def go():
        with reading():
            count = session.scalar(select(func.count()).select_from(Queued))
            session.rollback()
        return count

    return go


def until(true):
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_what_is_indexed_is_found_while_somebody_else_writes(make, session, engine, forgetting, left):
    practice = make.practice("Ёлочные базары")
    session.commit()
    rows = left()
    with Session(session.get_bind()) as other:
        other.execute(select(1))  # whoever begins to write holds the lock
        with reading():
            assert indexing.drain(session, engine, forgetting=forgetting) > 0
            assert [hit.id for hit in engine.search(Query("ёлочный базар")).hits] == [practice.id]
        assert left() == rows
        assert len(forgetting.rows) == rows
    until(lambda: not left() and not forgetting.rows)


def test_rows_on_their_way_out_are_not_worked_on_again(make, session, engine, forgetting):
    make.practice("Ёлочные базары")
    session.commit()
    with Session(session.get_bind()) as other:
        other.execute(select(1))
        assert indexing.drain(session, engine, forgetting=forgetting) > 0
        assert indexing.drain(session, engine, forgetting=forgetting) == 0
