"""The lines of the page of notices: each a group in words, with where it leads."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from forum.core.actor import Actor
from forum.core.events import Event
from forum.entries import queries as entries
from forum.entries.addresses import address_of
from forum.entries.models import Entry
from forum.notifications import queries, together
from forum.notifications.kinds import KINDS
from forum.notifications.models import NoticeGroup
from forum.notifications.wording import sentence


@dataclass(frozen=True, slots=True)
class Line:
    """A group in words. `entry` is the last one told of, None where there is none or the reader may not see it."""

    group: NoticeGroup
    event: Event
    words: str
    entry: Entry | None
    url: str

    @property
    def reason(self) -> str:
        """Why a moderator took the step, where the thing itself may still be seen."""
        return self.event.reason or "" if self.entry or self.event.entry_id is None else ""


@dataclass(slots=True)
class _Spoken:
    """What of a gathered group may still be read."""

    names: list[str] = field(default_factory=list)
    size: int = 0
    last: int = 0


def lines_of(session: Session, actor: Actor, groups: Sequence[NoticeGroup]) -> list[Line]:
    """All lines of a page, in as many queries for one as for many."""
    spoken: dict[int, _Spoken] = {}
    gathered = [group.id for group in groups if KINDS[group.told_as].gathered]
    for group_id, name, size, last in session.execute(queries.speakers(gathered, actor)) if gathered else ():
        assert group_id is not None  # asked for by it
        heard = spoken.setdefault(group_id, _Spoken())
        heard.names.append(name)
        heard.size, heard.last = heard.size + size, max(heard.last, last)
    last_of = {group.id: spoken[group.id].last if group.id in spoken else group.event_id for group in groups}
    events = {event.id: event for event in session.scalars(queries.events(last_of.values()))} if groups else {}
    found = entries.by_ids(session, actor, (event.entry_id for event in events.values()))
    return [_line(group, events[last_of[group.id]], found, spoken.get(group.id)) for group in groups]


def _line(group: NoticeGroup, event: Event, found: dict[int, Entry], heard: _Spoken | None) -> Line:
    entry = found.get(event.entry_id) if event.entry_id is not None else None
    if entry is not None and entry.root_id is not None and entry.root is None:
        entry = None
    if entry is not None and heard is not None and heard.size > 1:
        words = together.sentence(group.told_as, heard.names, heard.size, entry.root or entry)
    else:
        words = sentence(event, entry, group.person_id, group.told_as)
    return Line(group, event, words, entry, address_of(entry) if entry else "")
