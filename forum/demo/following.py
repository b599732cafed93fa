"""What the demonstration's people follow, and whom the digest is waiting for."""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from forum.core.actor import Actor
from forum.core.slug import slugify
from forum.demo.reading import CONTENT, Written
from forum.follows import models
from forum.notifications.models import DigestItem
from forum.practices.models import Practice
from forum.taxonomy.models import Tag


def _written() -> Written:
    found: Written = json.loads((CONTENT / "follows.json").read_text("utf-8"))
    return found


def load_follows(session: Session, people: Mapping[str, Actor], practices: Mapping[str, Practice]) -> None:
    """Have people follow things, and mute a discussion."""
    written = _written()
    for handle, wanted in written["follow"].items():
        for kind, names in wanted.items():
            for key in _keys(session, kind, names, people, practices):
                models.follow(session, people[handle], kind, key)
    for handle, muted in written["mute"].items():
        for name in muted:
            models.mute(session, people[handle], practices[name].id)


def _keys(
    session: Session, kind: str, names: list[str], people: Mapping[str, Actor], practices: Mapping[str, Practice]
) -> Iterator[int | str]:
    """What `follows` points to things by."""
    for name in names:
        if kind == "person":
            yield people[name].id or 0
        elif kind == "entry":
            yield practices[name].id
        elif kind == "tag":
            yield session.scalars(select(Tag.id).where(Tag.slug == slugify(name))).one()
        else:
            yield name


def keep_digests(session: Session, people: Mapping[str, Actor], began: datetime) -> None:
    """Of what was told since it `began`, these people get a digest as soon as the worker runs: it has waited for a day."""
    readers = [people[handle].id for handle in _written()["digest"]]
    session.execute(delete(DigestItem).where(DigestItem.at >= began, DigestItem.person_id.not_in(readers)))
    session.execute(update(DigestItem).where(DigestItem.at >= began).values(at=began - timedelta(days=1)))
