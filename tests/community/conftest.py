"""Fixtures of the tests of the community."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from forum import worker
from forum.core.clock import now
from forum.core.database import intend
from forum.practices.models import Indicator
from forum.votes.models import Vote, tally


@pytest.fixture
def votes(make, session) -> Callable[..., None]:
    """Lets people vote on an entry: so many for, so many against, at a moment."""

    voters: list[Any] = []

    def cast(entry: Any, ups: int, downs: int = 0, at: datetime | None = None) -> None:
        while len(voters) < ups + downs:
            voters.append(make.person("Тайный Голос"))
        for voter, value in zip(voters, [1] * ups + [-1] * downs, strict=False):
            session.add(Vote(entry_id=entry.id, person_id=voter.id, value=value, at=at or now()))
        session.flush()
        tally(session, entry)
        session.commit()

    return cast


@pytest.fixture
def complete(make, session) -> Callable[..., Any]:
    """Makes a practice whose card is complete, published so many days ago."""

    def build(title: str, days: int, **more: Any) -> Any:
        more = {"lessons": "Начинать с замеров.", "indicators": [Indicator("Расход", "кВт·ч", 410, 197)], **more}
        practice = make.practice(title, **more)
        practice.published_at = now() - timedelta(days=days)
        session.commit()
        return practice

    return build


@pytest.fixture
def work(app: Flask, session: Session) -> Callable[[], None]:
    """The worker's turn: the choice of the week, then whoever has to be told."""

    def go() -> None:
        session.commit()
        with app.app_context():
            intend(True)
            worker.choose_weekly()
            worker.drain()

    return go
