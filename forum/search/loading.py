"""Filling in the synonyms that come with the site."""

from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from forum.core import events
from forum.core.actor import SYSTEM
from forum.core.events import Event
from forum.search.models import SynonymGroup
from forum.search.synonyms import phrases

DATA = Path(__file__).parent / "data" / "synonyms.txt"
LOADED = "search.synonyms_loaded"


def load(session: Session) -> int:
    """Add each group of the file once, on record, so that what administrators change or remove stays so. Returns how many groups there are.

    A group one of whose members stands in another group already is left out.
    """
    before = {group for data in session.scalars(select(Event.data).where(Event.kind == LOADED)) for group in data["groups"]}
    fresh = [group for group in groups() if group not in before]
    taken = {phrase for words in session.scalars(select(SynonymGroup.words)) for phrase in phrases(words)}
    for group in fresh:
        if taken.isdisjoint(phrases(group)):
            session.add(SynonymGroup(words=group))
    if fresh:
        events.record(session, LOADED, by=SYSTEM, groups=fresh)
    session.flush()
    return session.scalar(select(func.count()).select_from(SynonymGroup)) or 0


def groups() -> list[str]:
    """The groups of the file."""
    lines = DATA.read_text(encoding="utf-8").splitlines()
    return [line for line in map(str.strip, lines) if line and not line.startswith("#")]
