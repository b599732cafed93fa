"""Where the lists of names come from, and which of them guests may be told."""

from typing import Any

from sqlalchemy import ColumnElement, literal, select
from sqlalchemy.orm import Session, aliased

from forum.accounts.models import Person
from forum.core.actor import GUEST
from forum.entries.models import Entry
from forum.entries.policy import visible_to
from forum.entries.queries import kind_of
from forum.places.models import Municipality, Region
from forum.search.documents import has_public_face
from forum.search.names import NameLists, Rows, Source
from forum.search.port import Engine, Query
from forum.taxonomy.models import Nomination, Tag

MINUTES = 60


def practices() -> Any:
    """The kind of entries whose titles the engine completes; a feature above defines it."""
    return kind_of("practice")


def has_practices() -> ColumnElement[bool]:
    """Of a theme: whether a practice that guests may read has it."""
    kind, own = practices(), aliased(Tag)
    return select(literal(1)).select_from(kind).join(kind.tags.of_type(own)).where(own.id == Tag.id, visible_to(GUEST)).exists()


def has_published() -> ColumnElement[bool]:
    """Of a person: whether search may name them as the author of a practice; those who asked not to be named it knows nothing of."""
    written = select(literal(1)).where(
        Entry.author_id == Person.id, Entry.kind == "practice", Entry.anonymous.is_(False), visible_to(GUEST)
    )
    return has_public_face() & written.exists()


def _themes(session: Session, engine: Engine) -> Rows:
    """Those of published practices, the most used first."""
    counts = engine.search(Query(kinds=["practice"], limit=0)).facets.get("tag", {})
    tags = session.execute(select(Tag.id, Tag.name, Tag.slug)).all()
    return [(tag.id, tag.name) for tag in sorted(tags, key=lambda tag: (-counts.get(tag.slug, 0), tag.name)) if tag.slug in counts]


def _regions(session: Session, engine: Engine) -> Rows:
    """By name, where «Республика» tells nothing: «Татарстан Республика»."""
    rows = session.execute(select(Region.code, Region.name, Region.name_en).order_by(Region.name))
    return [(code, f"{name.removeprefix('Республика ')} {name} {english}") for code, name, english in rows]


def _places(session: Session, engine: Engine) -> Rows:
    """Regions by code, then by id the municipalities of today, the largest first. Verified ones: others may stand in drafts alone."""
    regions = _regions(session, engine)
    columns = (Municipality.id, Municipality.name, Municipality.name_en)
    query = select(*columns).where(Municipality.successor_id.is_(None), Municipality.verified)
    rows = session.execute(query.order_by(Municipality.population.desc().nulls_last(), Municipality.name))
    return [*regions, *((id, f"{name} {english or ''}") for id, name, english in rows)]


def _nominations(session: Session, engine: Engine) -> Rows:
    columns = (Nomination.id, Nomination.short, Nomination.title, Nomination.short_en, Nomination.title_en)
    return [(id, " ".join(names)) for id, *names in session.execute(select(*columns).order_by(Nomination.id))]


def _authors(session: Session, engine: Engine) -> Rows:
    return session.execute(select(Person.id, Person.name).where(has_published()).order_by(Person.name)).all()


def _people(session: Session, engine: Engine) -> Rows:
    """Everybody with a public face, by name and by handle."""
    rows = session.execute(select(Person.id, Person.name, Person.handle).where(has_public_face()).order_by(Person.name))
    return [(id, f"{name} {handle}") for id, name, handle in rows]


def name_lists() -> NameLists:
    """The lists of one process."""
    return NameLists(
        {
            "tag": Source(_themes, MINUTES),
            "region": Source(_regions, 10 * MINUTES),
            "place": Source(_places, 10 * MINUTES),
            "nomination": Source(_nominations, 10 * MINUTES),
            "author": Source(_authors, 5 * MINUTES),
            "person": Source(_people, 5 * MINUTES),
        }
    )
