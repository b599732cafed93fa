"""The groups of words that mean the same to search: adding, changing and removing them, on record."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from forum.core import events
from forum.core.actor import Actor
from forum.core.clock import now
from forum.core.errors import Refused
from forum.search.models import SynonymGroup
from forum.search.synonyms import MOST_PHRASES, MOST_WORDS, parse, phrases

LONGEST = 80  # characters of one member


def add(session: Session, words: str, by: Actor) -> SynonymGroup:
    """A new group; the next question knows it. Raises Refused `synonyms.…`."""
    group = SynonymGroup(words=checked(session, words), changed_by_id=by.id)
    session.add(group)
    events.record(session, "admin.synonyms_added", by=by, words=group.words)
    return group


def change(session: Session, group: SynonymGroup, words: str, by: Actor) -> None:
    """Other words for a group; the same words again change nothing. Raises Refused `synonyms.…`."""
    was, group_words = group.words, checked(session, words, group)
    if group_words == was:
        return
    group.words, group.changed_at, group.changed_by_id = group_words, now(), by.id
    events.record(session, "admin.synonyms_changed", by=by, was=was, words=group_words)


def remove(session: Session, group: SynonymGroup, by: Actor) -> None:
    """Its words mean the same no longer."""
    session.delete(group)
    events.record(session, "admin.synonyms_removed", by=by, words=group.words)


def checked(session: Session, words: str, group: SynonymGroup | None = None) -> str:
    """The words as they are stored, where they can be a group; `group` is the one they are for."""
    members = parse(words)
    if len(members) > MOST_PHRASES:
        raise Refused("synonyms.too_many", field="words", limit=MOST_PHRASES)
    for member in members:
        _check_member(member)
    meant = phrases(words)
    if len(meant) < 2:
        raise Refused("synonyms.alone", field="words")
    for other in session.scalars(select(SynonymGroup).order_by(SynonymGroup.id)):
        common = phrases(other.words).keys() & meant.keys()
        if common and other is not group:
            raise Refused("synonyms.known", field="words", member=meant[min(common)], group=other.words)
    return ", ".join(members)


def _check_member(member: str) -> None:
    if len(member) > LONGEST:
        raise Refused("synonyms.too_long", field="words", member=f"{member[:30]}…", limit=LONGEST)
    [terms] = phrases(member)
    if not terms:
        raise Refused("synonyms.nothing", field="words", member=member)
    if len(terms) > MOST_WORDS:
        raise Refused("synonyms.too_many_words", field="words", member=member, limit=MOST_WORDS)
    if len(terms) == 1 and " " in member:
        # «Мои документы» would be every «документ».
        raise Refused("synonyms.thin", field="words", member=member)
