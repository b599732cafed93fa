"""The digest: what waits for it becomes a letter, a day's or a week's, at a fixed hour of the site's time zone."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import current_app
from flask_babel import force_locale
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from forum.accounts.models import Person
from forum.core.clock import now
from forum.core.database import reading
from forum.core.letters import write_letter
from forum.entries import queries as entries
from forum.entries.addresses import address_of
from forum.entries.models import Entry
from forum.extensions import db
from forum.notifications import links, preferences, queries
from forum.notifications.envelope import Mailing
from forum.notifications.kinds import Rhythm
from forum.notifications.models import DigestItem
from forum.notifications.telling import is_silenced, receiver
from forum.notifications.wording import WHY, brief

HOUR = 8
WEEKDAY = 0  # Monday
KEPT = timedelta(days=30)
Told = tuple[DigestItem, Entry]
SHOWN = 200  # lines: mail programs cut longer letters


@dataclass(frozen=True, slots=True)
class Item:
    """One event: in words, with the beginning of what was written."""

    words: str
    quote: str
    url: str


@dataclass(slots=True)
class Section:
    """What there is about one practice."""

    title: str
    url: str
    items_told: list[Item] = field(default_factory=list)


def slot(at: datetime, rhythm: Rhythm, zone: ZoneInfo) -> datetime:
    """The last moment, not after `at`, at which digests of a rhythm are made: 8 o'clock, every day or on Mondays."""
    local = at.astimezone(zone)
    day = local.date() if local.hour >= HOUR else local.date() - timedelta(days=1)
    if rhythm == Rhythm.WEEKLY:
        day -= timedelta(days=(day.weekday() - WEEKDAY) % 7)
    return datetime.combine(day, time(HOUR), zone)


def make_due() -> int:
    """Queue the digests whose time has come, each in a transaction of its own; how many people were looked at."""
    zone = ZoneInfo(current_app.config["TIMEZONE"])
    slots = {rhythm: slot(now(), rhythm, zone) for rhythm in Rhythm}
    with reading():
        ids = db.session.scalars(queries.digests_due(slots)).all()
        db.session.rollback()
    for person_id in ids:
        _make(db.session(), person_id, slots)
        db.session.commit()
    return len(ids)


def _make(session: Session, person_id: int, slots: dict[Rhythm, datetime]) -> None:
    # Whoever does the same at this moment waits, and finds nothing left to take.
    person = session.scalar(select(Person).where(Person.id == person_id).with_for_update())
    if person is None:
        return
    due = slots[Rhythm(person.rhythm)]
    waiting = (DigestItem.person_id == person_id, DigestItem.letter_key.is_(None), DigestItem.at < due)
    if session.scalar(select(DigestItem.id).where(*waiting).limit(1)) is None:
        return
    key = f"digest:{person_id}:{due:%Y-%m-%d}"
    if not write_letter(session, key, person.email, "digest", person.lang, taken=key, person_id=person_id):
        key = f"{key}:{now():%H%M%S}"  # the rhythm was changed since, or a delivery came late
        write_letter(session, key, person.email, "digest", person.lang, taken=key, person_id=person_id)
    session.execute(update(DigestItem).where(*waiting).values(letter_key=key))


def told(params: dict[str, object]) -> dict[str, object] | None:
    """What a digest is rendered with: only what its receiver may still see and wants by mail; None where nothing is left."""
    session = db.session()
    person = receiver(session, int(str(params["person_id"])))
    if person is None or person.mail_paused_at is not None:
        return None
    ways = preferences.ways_of(session, person.id)
    items = [item for item in session.scalars(queries.taken_by(str(params["taken"]))) if ways[item.told_as].by_mail]
    found = entries.by_ids(session, person.as_actor(), (item.event.entry_id for item in items))
    seen = [(item, entry) for item in items if (entry := found.get(item.event.entry_id or 0)) is not None and _is_public(entry)]
    seen = _not_silenced(session, person, seen)
    if not seen:
        return None
    with force_locale(person.lang):
        sections, why = _sections(seen[:SHOWN]), str(WHY[links.DIGEST])
    mailing = Mailing(links.DIGEST, links.off(person.id, links.DIGEST), person.id)
    return _site(person) | {"sections": sections, "total": len(seen), "more": len(seen) - SHOWN, "mailing": mailing, "why": why}


def _not_silenced(session: Session, person: Person, seen: Sequence[Told]) -> list[Told]:
    """Without what is about something the person wants to hear nothing of; asked once for each kind and practice."""
    asked: dict[tuple[str, int], bool] = {}
    for item, entry in seen:
        key = (item.event.kind, entry.root_id or entry.id)
        if key not in asked:
            asked[key] = is_silenced(session, person, item.event)
    return [(item, entry) for item, entry in seen if not asked[item.event.kind, entry.root_id or entry.id]]


def _site(person: Person) -> dict[str, Any]:
    return {"person": person, "settings": links.public("notifications.settings"), "all": links.public("notifications.index")}


def _is_public(entry: Entry) -> bool:
    return entry.is_published and (entry.root_id is None or (entry.root is not None and entry.root.is_published))


def _sections(seen: Sequence[Told]) -> list[Section]:
    """By practice, in the order of what is newest about each."""
    sections: dict[int, Section] = {}
    root_url = str(current_app.config["PUBLIC_URL"]).rstrip("/")
    for item, entry in seen:
        root = entry.root or entry
        section = sections.setdefault(root.id, Section(" ".join(root.headline.split()), root_url + address_of(root)))
        words = " ".join(brief(item.event, entry, item.told_as).split())
        section.items_told.append(Item(words, getattr(entry, "summary", "") or entry.markup, root_url + address_of(entry)))
    return list(sections.values())


def purge(session: Session) -> None:
    """Forget what was told a month ago, and what nobody could be told."""
    session.execute(delete(DigestItem).where(DigestItem.at < now() - KEPT))
