"""What is looked for in words on their way to the public."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from forum.accounts.models import MunicipalDomain
from forum.core.actor import Actor
from forum.core.clock import now
from forum.core.errors import Refused
from forum.core.level import Level
from forum.core.once import insert_once
from forum.entries.models import Entry, State
from forum.entries.screening import COUNTED, SCREENS, Finding
from forum.trust import holds, quotas, words
from forum.trust.holds import Kind
from forum.trust.limits import LINKS, QUOTAS
from forum.trust.links import above, domains, is_official, targets
from forum.trust.models import SeenDomain, TextPrint
from forum.trust.quotas import level_of
from forum.trust.sameness import COPIES, DAY, MOST_OTHERS, MOST_OWN, same, sketch
from forum.trust.words import Action

OF_WORDS = (Kind.WORD, Kind.DOMAIN)
_SKETCH = "text_sketch"


def texts(snapshot: Any) -> Iterator[str]:
    """All words of a snapshot."""
    if isinstance(snapshot, str):
        yield snapshot
    elif isinstance(snapshot, dict | list):
        for part in snapshot.values() if isinstance(snapshot, dict) else snapshot:
            yield from texts(part)


class Trust:
    """The screen: quotas, floods, repeated texts, links and words. Moderators' own words are not looked at."""

    def look(self, session: Session, entry: Entry, by: Actor, again: bool) -> list[Finding]:
        session.info.pop(_SKETCH, None)
        if by.is_moderator or by.is_guest:
            return []
        with session.no_autoflush:
            level, found = level_of(by), []
            self._count_links(entry, level)
            found += self._words(session, entry)
            if level is Level.NEWCOMER:
                found += self._domains(session, entry)
            if not again and session.info.get(COUNTED):
                found += self._repeated(session, entry, by, level)
                if entry.kind in QUOTAS and quotas.take(session, entry.kind, by):
                    found.append(Finding(Kind.FLOOD))
        return found

    def keep(self, session: Session, entry: Entry, by: Actor, found: list[Finding], again: bool) -> None:
        if found or entry.state == State.WAITING:
            holds.put(session, entry.id, found, OF_WORDS if again else tuple(Kind))
        mine = session.info.pop(_SKETCH, None)
        if mine:
            row = {"person_id": entry.author_id, "newcomer": level_of(by) is Level.NEWCOMER, "at": now(), "sketch": mine}
            if not insert_once(session, TextPrint, entry_id=entry.id, **row):
                session.execute(update(TextPrint).where(TextPrint.entry_id == entry.id).values(**row))

    def _count_links(self, entry: Entry, level: Level) -> None:
        limit = LINKS.get(entry.kind, {}).get(level)
        if limit is not None and len(targets(entry.markup)) > limit:
            raise Refused("trust.links", field="body" if entry.root_id else None, limit=limit)

    def _words(self, session: Session, entry: Entry) -> list[Finding]:
        rules = words.listed(session)
        if not rules:
            return []
        found: dict[str, None] = {}
        for name, part in entry.snapshot().items():
            for rule in (rule for text in texts(part) for rule in words.matches(rules, text)):
                if rule.action == Action.REFUSE:
                    raise Refused("trust.word", field=name if isinstance(part, str) else None, words=rule.words)
                found[rule.words] = None
        return [Finding(Kind.WORD, each) for each in found]

    def _domains(self, session: Session, entry: Entry) -> list[Finding]:
        unknown = [name for name in domains(entry.markup) if not is_official(name)]
        if not unknown:
            return []
        seen = set(session.scalars(select(SeenDomain.domain).where(SeenDomain.domain.in_(unknown))))
        around = {name for each in unknown for name in above(each)}
        towns = set(session.scalars(select(MunicipalDomain.domain).where(MunicipalDomain.domain.in_(around))))
        return [Finding(Kind.DOMAIN, name) for name in unknown if name not in seen and towns.isdisjoint(above(name))]

    def _repeated(self, session: Session, entry: Entry, by: Actor, level: Level) -> list[Finding]:
        mine = session.info[_SKETCH] = sketch(" ".join(texts(entry.snapshot())))
        if not mine:
            return []
        standing = Entry.state.not_in([State.DRAFT, State.WITHDRAWN])  # what was taken back may be said again
        recent = select(TextPrint).join(Entry, Entry.id == TextPrint.entry_id).where(TextPrint.at > now() - DAY, standing)
        recent = recent.where(TextPrint.entry_id != (entry.id or 0)).order_by(TextPrint.at.desc())
        own = _alike(mine, session.scalars(recent.where(TextPrint.person_id == by.id).limit(MOST_OWN)))
        if len(own) >= COPIES[level]:
            return [Finding(Kind.DUPLICATE, str(own[0]))]
        if level is not Level.NEWCOMER:
            return []
        others = recent.where(TextPrint.newcomer.is_(True), TextPrint.person_id != by.id).limit(MOST_OTHERS)
        found = _alike(mine, session.scalars(others))
        return [Finding(Kind.DUPLICATE, str(found[0]))] if found else []


def _alike(mine: Sequence[int], prints: Iterable[TextPrint]) -> list[int]:
    """The entries whose text is nearly the same."""
    return [one.entry_id for one in prints if same(mine, one.sketch)]


SCREENS.append(Trust())
