"""Who is told of what appears: whom it mentions, then who follows it. Each once, whatever number of reasons there is."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from forum.accounts.models import Person
from forum.core import events
from forum.core.actor import GUEST, Actor
from forum.core.clock import now
from forum.core.events import Event, on
from forum.core.once import insert_once
from forum.core.text import mentioned
from forum.entries.models import Entry
from forum.entries.policy import visible_to
from forum.follows import queries
from forum.follows.models import Follow
from forum.notifications import telling
from forum.notifications.telling import may_see, receiver, tell
from forum.search import documents
from forum.trust.limits import MENTIONS
from forum.trust.quotas import level_of

MENTION, COMMENT = "mention", "followed_comment"
PRACTICE, REQUEST = "followed_practice", "followed_request"
ABOUT_TALK = ("comment.published", MENTION, COMMENT)  # what a muted discussion is silent about
BATCH = 50  # people told in one transaction: a third of a second, and no writer of the site waits longer
# What the facets of a practice are followed by.
FOLLOWED_BY = {"region": "region_code", "nomination": "nomination_id", "place": "municipality_id"}


@on("comment.published", "practice.published", "request.published")
def spread(session: Session, event: Event) -> None:
    """Begin to tell of what has appeared. That is done by events of their own, so that one person's failure delays nobody else."""
    entry = _public(session, event)
    if entry is None:
        return
    mentions = _mention(session, entry)
    if not event.data.get("first", True):
        return
    _follow_own(session, entry)
    kind = {"practice": PRACTICE, "request": REQUEST}.get(entry.kind, COMMENT)
    _record_once(session, entry, kind, but=sorted({entry.author_id, *mentions, *entry.answers()}), after=0)


@on("comment.edited", "practice.edited", "request.edited")
def spread_words(session: Session, event: Event) -> None:
    """Those mentioned by the new words only."""
    entry = _public(session, event)
    if entry is not None:
        _mention(session, entry)


def _public(session: Session, event: Event) -> Entry | None:
    """The entry where everybody may read it; held, so that of two that do the same at once one finds done what is done."""
    session.execute(select(Entry.__table__.c.id).where(Entry.__table__.c.id == event.entry_id).with_for_update())
    query = documents.public_entries().where(Entry.id == event.entry_id, visible_to(GUEST))
    return session.scalar(query.execution_options(populate_existing=True))


def _mention(session: Session, entry: Entry) -> set[int]:
    """Record whom the entry mentions and was not told yet; ids of all who hear of it for that."""
    known = set(session.scalars(select(Event.person_id).where(Event.entry_id == entry.id, Event.kind == MENTION)))
    handles = mentioned(entry.markup)
    author = receiver(session, entry.author_id)
    if not handles or author is None:
        return {id for id in known if id is not None}
    ids = {handle: id for id, handle in session.execute(select(Person.id, Person.handle).where(Person.handle.in_(handles)))}
    apart = {entry.author_id, *entry.answers(), *known}
    left = max(0, MENTIONS[level_of(author.as_actor())] - len(known))
    fresh = [ids[handle] for handle in handles if ids.get(handle) and ids[handle] not in apart][:left]
    for id in fresh:
        events.record(session, MENTION, by=_actor(author), entry_id=entry.id, person_id=id)
    return {id for id in (*known, *fresh) if id is not None}


def _actor(author: Person) -> Actor:
    return Actor(id=author.id, role=author.role)


def _follow_own(session: Session, entry: Entry) -> None:
    """Authors follow their practices, and who comments the discussion, unless they want neither."""
    if entry.root_id is None or (entry.author.follows_discussions and not queries.is_muted(session, entry.author_id, entry.root_id)):
        insert_once(session, Follow, person_id=entry.author_id, entry_id=entry.root_id or entry.id, at=now())


def _record_once(session: Session, entry: Entry, kind: str, but: Sequence[int], after: int) -> None:
    """Have the next followers told: those whose ids come after one. Nothing where there are none, or where they are being told already."""
    earlier = session.scalars(select(Event.data).where(Event.entry_id == entry.id, Event.kind == kind))
    if any(data.get("after") == after for data in earlier) or not _next(session, entry, but, after):
        return
    events.record(session, kind, by=_actor(entry.author), entry_id=entry.id, but=list(but), after=after)


def _next(session: Session, entry: Entry, but: Iterable[int], after: int) -> Sequence[int]:
    wanted = _reasons(session, entry)
    return session.scalars(queries.followers(wanted, but, after, BATCH)).all() if any(wanted.values()) else []


def _reasons(session: Session, entry: Entry) -> Mapping[str, Iterable[Any]]:
    """What an entry is followed by: columns of `follows` and their values."""
    if entry.root_id is not None:
        return {"entry_id": [entry.root_id]}
    text = entry.public_text()
    facets = text.facets if text is not None else {}
    whole = {column: [value if name == "region" else int(value) for value in facets.get(name, ())] for name, column in FOLLOWED_BY.items()}
    return {
        "followed_id": [] if entry.anonymous else [entry.author_id],
        "tag_id": session.scalars(queries.tags_of(facets.get("tag", ()))).all(),
        **whole,
    }


@on(COMMENT, PRACTICE, REQUEST)
def tell_followers(session: Session, event: Event) -> None:
    """One batch of them, and have the next one told."""
    entry = _public(session, event)
    if entry is None:
        return
    but, after = event.data["but"], event.data["after"]
    ids = _next(session, entry, but, after)
    people = session.scalars(select(Person).where(Person.id.in_(ids)).options(joinedload(Person.municipality)).order_by(Person.id))
    for person in people.unique().all():
        tell(session, person, event, event.kind)
    if len(ids) == BATCH:
        _record_once(session, entry, event.kind, but, ids[-1])


@on(MENTION)
def tell_mentioned(session: Session, event: Event) -> None:
    """As they want to be told; nothing where they may not see it."""
    person = receiver(session, event.person_id) if event.person_id is not None else None
    entry = session.scalar(select(Entry).where(Entry.id == event.entry_id).options(joinedload(Entry.root)))
    if person is None or entry is None or not entry.is_published or not may_see(session, person, entry.id):
        return
    tell(session, person, event, MENTION)


def in_muted(session: Session, person: Person, event: Event) -> bool:
    """Whether an event is about a discussion that the person wants to hear nothing of."""
    if event.kind not in ABOUT_TALK or event.entry_id is None:
        return False
    root = session.scalar(select(Entry.root_id).where(Entry.id == event.entry_id))
    return queries.is_muted(session, person.id, root or event.entry_id)


telling.SILENCERS.append(in_muted)
