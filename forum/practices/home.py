"""What the front page shows: a few rows of each kind, at the same cost however much there is."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Integer, Row, Select, func, literal, select, union_all
from sqlalchemy.orm import Session

from forum.entries.models import Entry, State
from forum.places.models import Municipality
from forum.practices.lists import CARD_COLUMNS, P, listed
from forum.practices.models import Practice, Status, practice_tags
from forum.taxonomy.models import Tag

# How far back «обсуждают» and the themes look: this many comments or practices, whatever time that is.
RECENT = 300


@lru_cache
def fresh(newest: int, failures: int) -> Select[Any]:
    """Cards of what was published last, and of the newest practices that did not work: both in one question, told apart by `failed`."""
    parts = ((0, newest, ()), (1, failures, (P.status == Status.FAILED,)))
    # Each ordered and cut by an index of its own; only then put together.
    cut = (
        select(*CARD_COLUMNS, literal(failed, Integer).label("failed"))
        .select_from(Practice.__table__)
        .outerjoin(Municipality.__table__, Municipality.__table__.c.id == P.municipality_id)
        .where(listed(), *conditions)
        .order_by(P.listed_at.desc(), P.id.desc())
        .limit(limit)
        .subquery()
        for failed, limit, conditions in parts
    )
    found = union_all(*(select(part) for part in cut)).subquery()
    return select(found).order_by(found.c.failed, found.c.listed_at.desc(), found.c.id.desc())


def lively(session: Session, practices: int, tags: int) -> tuple[Sequence[Row[Any]], Sequence[Row[Any]]]:
    """Rows of `discussed` and of `themes`, asked for in one question; a theme is called `title`."""
    talk, used = discussed(practices).subquery(), themes(tags).subquery()
    columns: tuple[Any, ...] = (literal(0).label("id"), used.c.slug, used.c.name.label("title"), literal(0), used.c.number)
    both = union_all(
        select(literal(0, Integer).label("theme"), talk.c.id, talk.c.slug, talk.c.title, talk.c.list_comments, talk.c.number),
        select(literal(1, Integer), *columns),
    )
    rows = session.execute(both).all()
    return (
        sorted((row for row in rows if not row.theme), key=lambda row: (-row.number, -row.id)),
        sorted((row for row in rows if row.theme), key=lambda row: (-row.number, row.title)),
    )


def discussed(limit: int) -> Select[Any]:
    """Practices with the most of the latest comments: rows of id, slug, title, the whole number of comments, and of the latest."""
    recent = (
        select(Entry.root_id)
        .where(Entry.state == State.PUBLISHED, Entry.kind == "comment")
        .order_by(Entry.changed_at.desc())
        .limit(RECENT)
        .subquery()
    )
    busy = select(recent.c.root_id, func.count().label("number")).group_by(recent.c.root_id).subquery()
    return (
        select(P.id, P.slug, P.title, P.list_comments, busy.c.number)
        .join_from(busy, Practice.__table__, P.id == busy.c.root_id)
        .where(listed())
        .order_by(busy.c.number.desc(), P.id.desc())
        .limit(limit)
    )


def themes(limit: int) -> Select[Any]:
    """The tags most used by the latest practices: rows of slug, name, and how many use them."""
    recent = select(P.id).where(listed()).order_by(P.listed_at.desc()).limit(RECENT)
    used = (
        select(practice_tags.c.tag_id, func.count().label("number"))
        .where(practice_tags.c.practice_id.in_(recent))
        .group_by(practice_tags.c.tag_id)
        .subquery()
    )
    columns: tuple[Any, ...] = (Tag.slug, Tag.name, used.c.number)
    return select(*columns).join(used, used.c.tag_id == Tag.id).order_by(used.c.number.desc(), Tag.name).limit(limit)
