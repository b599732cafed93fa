"""The feed of what a person follows: practices as they appeared, and discussions by their last word. Kinds above add to it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Integer, Select, case, func, literal, null, select, true
from sqlalchemy.orm import Session

from forum.accounts.models import Person
from forum.comments.models import Comment
from forum.core.actor import GUEST
from forum.entries.models import Entry, State
from forum.entries.models.naming import name_of
from forum.entries.policy import visible_to
from forum.follows.models import Follow, Mute
from forum.places.models import Municipality
from forum.practices.lists import COUNTED, P, Term, among, listed, tagged
from forum.practices.models import Practice, practice_tags
from forum.taxonomy.models import Tag
from forum.web.paging import Page, paginate_merged

SIZE = 20
APPEARED, TALK = 0, 1  # what an item is: a practice that appeared, a discussion that went on

# What a discussion is called, by the kind of what it is about: a table and its column. Kinds above register theirs.
TITLES: dict[str, tuple[Any, Any]] = {"practice": (Practice.__table__, P.title)}
# What else comes into somebody's feed, by the person's id: items (at, id, what) as `paginate_merged` takes them.
MORE: list[Callable[[int], Select[Any]]] = []

_entry, _root = Entry.__table__.c, Entry.__table__.alias("root").c


def feed(session: Session, person_id: int, chosen: Mapping[str, Sequence[Any]], cursor: str | None) -> Page[Any]:
    """One page of items (at, id, what), the newest first; `chosen` are the values followed, by column of `follows`."""
    shapes = [*_appeared(session, person_id, chosen), talks(followed(person_id), person_id), *(more(person_id) for more in MORE)]
    return paginate_merged(session, shapes, cursor, SIZE, distinct=True)


def _appeared(session: Session, person_id: int, chosen: Mapping[str, Sequence[Any]]) -> Iterator[Select[Any]]:
    """For each kind of thing the practices that are followed for it, the person's own apart."""
    others = P.id.not_in(select(_entry.id).where(_entry.author_id == person_id))
    columns = (P.listed_at.label("at"), P.id.label("id"), literal(APPEARED, Integer).label("what"))
    terms = list(_terms(chosen))
    for (term, _), number in zip(terms, _numbers(session, [some for _, some in terms]), strict=True):
        # Few are found by an index of their own and sorted; of many the order's own index gives the first.
        yield select(*columns).where(listed(), others, term.leads if term.ordered or number <= COUNTED else term.passes)


def _terms(chosen: Mapping[str, Sequence[Any]]) -> Iterator[tuple[Term, Select[Any]]]:
    """For each kind the condition, and what to count it by: one row after the other, until there are enough."""
    for column, name in ((P.region, "region_code"), (P.municipality_id, "municipality_id"), (P.nomination_id, "nomination_id")):
        if chosen[name]:
            term = among(column, chosen[name])
            yield term, select(P.id).where(listed(), term.leads)
    if chosen["tag_id"]:
        yield tagged(chosen["tag_id"]), select(practice_tags.c.practice_id).where(practice_tags.c.tag_id.in_(chosen["tag_id"]))
    if chosen["followed_id"]:
        # `IS TRUE` keeps the planner with the authors.
        kind = (_entry.kind == "practice").is_(true())
        written = select(_entry.id).where(
            _entry.author_id.in_(chosen["followed_id"]), _entry.state == State.PUBLISHED, kind, _entry.anonymous.is_(False)
        )
        theirs = P.id.in_(written)
        yield Term(theirs, theirs.is_(true())), written


def _numbers(session: Session, counted: Sequence[Select[Any]]) -> Sequence[int]:
    """How many rows each gives; COUNTED + 1 stands for more."""
    counts = [select(func.count()).select_from(some.limit(COUNTED + 1).subquery()).scalar_subquery() for some in counted]
    return tuple(session.execute(select(*counts)).one()) if counts else ()


def followed(person_id: int) -> Select[Any]:
    """The entries that a person follows and has not muted."""
    query = select(Follow.entry_id).where(Follow.person_id == person_id, Follow.entry_id.is_not(None))
    return query.where(Follow.entry_id.not_in(muted(person_id)))


def muted(person_id: int) -> Select[Any]:
    """Those that a person wants to hear nothing of."""
    return select(Mute.entry_id).where(Mute.person_id == person_id)


def talks(ids: Select[Any], person_id: int) -> Select[Any]:
    """The discussions of some entries, by their last word; not those that the person has muted."""
    columns = (_entry.last_comment_at.label("at"), _entry.id.label("id"), literal(TALK, Integer).label("what"))
    # `IS TRUE` keeps the planner with what is followed: it would look through all that is published.
    published = (_entry.state == State.PUBLISHED).is_(true())
    said = (_entry.id.in_(ids), _entry.id.not_in(muted(person_id)), published, _entry.last_comment_at.is_not(None))
    return select(*columns).where(*said)


def last_words(session: Session, ids: Iterable[int]) -> dict[int, Any]:
    """By discussion its last comment that everybody may read, and what it is about: rows of id, html, author, kind, title, comments,
    and the id of who wrote that."""
    latest = select(func.max(_entry.id)).where(_entry.root_id.in_(list(ids)), _entry.state == State.PUBLISHED).group_by(_entry.root_id)
    query = (
        select(
            Comment.id,
            Comment.root_id,
            Comment.html,
            name_of(Person.name, Comment.anonymous).label("author"),
            func.coalesce(*(title for _table, title in TITLES.values()), null()).label("title"),
            _root.kind,
            _root.comments_count.label("comments"),
            _root.author_id,
        )
        .join(Person, Person.id == Comment.author_id)
        .join(_root.id.table, _root.id == Comment.root_id)
        .where(Comment.id.in_(latest), visible_to(GUEST))
    )
    for table, _title in TITLES.values():
        query = query.outerjoin(table, table.c.id == Comment.root_id)
    return {row.root_id: row for row in session.execute(query) if row.title is not None}


def ties(session: Session, chosen: Mapping[str, Sequence[Any]], ids: Iterable[int]) -> dict[int, tuple[str, Any]]:
    """By practice the closest of the reasons it is in the feed for: a kind of `follows.models.THINGS` and what names the thing
    (for a municipality a row with `place` and `place_en`); one query."""
    tag = select(func.min(Tag.name)).join(practice_tags, practice_tags.c.tag_id == Tag.id).correlate(Practice.__table__)
    tag = tag.where(practice_tags.c.practice_id == P.id, Tag.id.in_(chosen["tag_id"]))
    place = (Municipality.name.label("place"), Municipality.name_en.label("place_en"))
    author = case((_entry.anonymous.is_(True), null()), else_=Person.id).label("author_id")
    query = (
        select(P.id, P.region, P.municipality_id, P.nomination_id, author, Person.name.label("author"), *place)
        .add_columns(tag.scalar_subquery().label("tag"))
        .select_from(Practice.__table__)
        .join(Entry.__table__, _entry.id == P.id)
        .join(Person, Person.id == _entry.author_id)
        .outerjoin(Municipality, Municipality.id == P.municipality_id)
        .where(P.id.in_(list(ids)))
    )
    return {row.id: found for row in session.execute(query) if (found := _closest(row, chosen)) is not None}


def _closest(row: Any, chosen: Mapping[str, Sequence[Any]]) -> tuple[str, Any] | None:
    """People before subjects, subjects before places, narrow ones before wide ones."""
    reasons = (
        ("person", row.author, row.author_id in chosen["followed_id"]),
        ("tag", row.tag, row.tag is not None),
        ("municipality", row, row.municipality_id in chosen["municipality_id"]),
        ("region", row.region, row.region in chosen["region_code"]),
        ("nomination", row.nomination_id, row.nomination_id in chosen["nomination_id"]),
    )
    return next(((kind, name) for kind, name, holds in reasons if holds), None)
