"""What feeds and site maps are made of: listed practices only."""

from typing import Any

from sqlalchemy import Select, exists, select

from forum.accounts.models import Person
from forum.entries.models import Entry
from forum.entries.models.naming import name_of
from forum.places.models import Municipality
from forum.practices.lists import P, listed
from forum.practices.models import Practice, practice_tags
from forum.taxonomy.models import Tag

NEWEST = 20
# Ids, not pages: a part of the site map never shifts. Programs take 50,000 addresses a part at most.
PART = 5_000
MOST = 20_000  # municipalities, and themes


def rows(at: Any = Entry.published_at, edited_at: Any = Entry.edited_at) -> Select[Any]:
    """Listed practices with what a feed says of them; `at` is the moment under which each stands there, `edited_at` that of a change."""
    place = (Municipality.name.label("place"), Municipality.name_en.label("place_en"))
    columns = (P.id, P.slug, P.title, P.summary, P.status, P.region, at.label("listed_at"), edited_at.label("edited_at"), *place)
    unsigned = Entry.__table__.c.anonymous
    return (
        select(*columns, name_of(Person.name, unsigned).label("author"), name_of(Person.handle, unsigned).label("handle"))
        .select_from(Practice.__table__)
        .join(Entry.__table__, Entry.__table__.c.id == P.id)
        .join(Person, Person.id == Entry.__table__.c.author_id)
        .outerjoin(Municipality, Municipality.id == P.municipality_id)
        .where(listed())
    )


def newest(region: str | None = None, municipality: int | None = None) -> Select[Any]:
    """The newest practices; of a region or a municipality, where one is named."""
    within = [column == value for column, value in ((P.region, region), (P.municipality_id, municipality)) if value is not None]
    return rows().where(*within).order_by(P.listed_at.desc(), P.id.desc()).limit(NEWEST)


def parts() -> Select[Any]:
    """Numbers of the parts of the site map that have practices."""
    number = (P.id // PART).label("number")
    return select(number).distinct().where(listed()).order_by(number)


def part(number: int) -> Select[Any]:
    """Rows of id, slug and moment of publishing of one part."""
    return select(P.id, P.slug, P.listed_at).where(listed(), P.id >= number * PART, P.id < (number + 1) * PART).order_by(P.id)


def places() -> Select[Any]:
    """Ids of the municipalities that have practices, as many as one part of a site map takes."""
    has_some = exists().where(listed(), P.municipality_id == Municipality.id)
    return select(Municipality.id).where(has_some).order_by(Municipality.id).limit(MOST)


def themes() -> Select[Any]:
    """Slugs of the themes that have practices."""
    link = practice_tags.c
    used = exists().where(link.tag_id == Tag.id, link.practice_id == P.id, listed())
    return select(Tag.slug).where(used).order_by(Tag.id).limit(MOST)
