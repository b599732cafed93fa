"""A discussion as it is read: threads of two levels, in as many queries for three comments as for three hundred."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, and_, bindparam, func, or_, select
from sqlalchemy.orm import Bundle, Session, joinedload

from forum.accounts.models import Person
from forum.comments.models import Comment
from forum.comments.threading import Discussion, Line, gather
from forum.core.actor import GUEST, Actor
from forum.entries.models import Entry, State
from forum.entries.models.naming import name_of
from forum.entries.policy import visible_to
from forum.places.models import Municipality
from forum.web.paging import Page, cut, encode, paginate

THREADS = 20
REPLIES = 30  # of one thread beside the others
PRINTED = 300
ALL_REPLIES = 100  # of one thread on a page of its own
ORDERS: dict[str, tuple[Sequence[Any], bool]] = {
    "old": ((Comment.id,), True),
    "new": ((Comment.id,), False),
    "best": ((Comment.score, Comment.id), False),
}


class _Lines(Bundle[Any]):
    """Columns that come as a `Line`: plain rows cost a third of entities, and what they show can be a key."""

    def create_row_processor(self, query: Any, procs: Any, labels: Any) -> Any:
        return lambda row: Line(*[process(row) for process in procs])


def _read(session: Session, query: Select[Line], **values: Any) -> list[Line]:
    """The lines of a query that gives nothing else: asked of the connection, which knows of no entities, at two thirds of the price."""
    return [Line._make(row) for row in session.connection().execute(query, values)]


_PERSON = {"author": Person.name, "handle": Person.handle, "position": Person.position}
_PLACE = {"place": Municipality.name, "place_en": Municipality.name_en}
_WHO = {name: name_of(column, Comment.anonymous).label(name) for name, column in (_PERSON | _PLACE).items()}
_LINE = _Lines("line", *(_WHO[name] if name in _WHO else getattr(Comment, name) for name in Line._fields))


def line(comment_id: int) -> Select[Line]:
    """One comment as it is shown; the caller has found it through `visible_to`."""
    return _lines(_LINE).where(Comment.id == comment_id)


def _lines(*columns: Any) -> Select[Any]:
    return select(*columns).select_from(Comment).join(Person, Person.id == Comment.author_id).outerjoin(Person.municipality)


def by_id(id: int, actor: Actor) -> Select[Comment]:
    """A comment the actor may read, with its author. Whether they may read what it is about is a question of its own."""
    return select(Comment).where(Comment.id == id, visible_to(actor)).options(joinedload(Comment.author))


def discussion(session: Session, actor: Actor, root: Entry, order: str | None = None, cursor: str | None = None) -> Discussion:
    """One page of the discussion of `root`. An unknown order is the oldest first.

    `cursor` is one of `Page`, or `t<id>` for a single thread with all its answers (`t<id>-<cursor>` for more of them).
    """
    order = order if order in ORDERS else "old"
    if cursor and cursor.startswith("t"):
        number, _, rest = cursor[1:].partition("-")
        if number.isdecimal() and len(number) < 19:
            found = _one_thread(session, actor, root, order, int(number), rest or None)
            if found is not None:
                return found
        cursor = None
    page = _page(session, actor, root, order, cursor)
    tops = page.items
    if root.pinned_id is not None and page.previous is None:
        tops = [*session.scalars(_lines(_LINE).where(*_tops(actor, root.id), Comment.id == root.pinned_id)), *tops]
    replies, totals = _first_replies(session, actor, root.id, [top.id for top in tops])
    return _discussion(session, actor, root, order, page, tops, replies, totals)


def _page(session: Session, actor: Actor, root: Entry, order: str, cursor: str | None) -> Page[Line]:
    columns, ascending = ORDERS[order]
    if cursor:
        return paginate(session, _lines(_LINE).where(*_tops(actor, root.id, root.pinned_id)), columns, cursor, THREADS, ascending)
    # The page that nearly everybody reads.
    rows = _read(session, _first_tops(actor, order), root=root.id, pinned=root.pinned_id or 0)
    return cut(rows, [column.key for column in columns], THREADS, None)


@lru_cache(256)  # built once for a reader: building it takes longer than asking it
def _first_tops(actor: Actor, order: str) -> Select[Line]:
    columns, ascending = ORDERS[order]
    theirs = _lines(_LINE).where(*_tops(actor, bindparam("root"), bindparam("pinned")))
    return theirs.order_by(*(column.asc() if ascending else column.desc() for column in columns)).limit(THREADS + 1)


@lru_cache(256)
def _few_replies(actor: Actor) -> Select[Line]:
    theirs = _replies(actor, bindparam("root"), bindparam("threads", expanding=True))
    return _lines(_LINE).where(*theirs).order_by(Comment.id).limit(REPLIES + 1)


def printed(root_id: int) -> Select[Line]:
    """The whole discussion as guests read it, thread by thread, for a document; more than anybody prints is left out."""
    order = func.coalesce(Comment.thread_id, Comment.id)
    return _lines(_LINE).where(Comment.on_id == root_id, visible_to(GUEST)).order_by(order, Comment.id).limit(PRINTED)


def cursor_of(session: Session, actor: Actor, comment: Comment, pinned_id: int | None = None) -> str | None:
    """The cursor of the page, in the default order, that shows the comment; None for the first, where the pinned one stands."""
    session.flush()
    its = {"root": comment.on_id, "thread": comment.thread_id, "pinned": pinned_id or 0}
    if comment.thread_id is not None:
        before, last = _position(session, _sibling_replies(actor), its, comment.id, ALL_REPLIES)
        if before >= REPLIES:
            return f"t{comment.thread_id}" + (f"-{encode('n', [last])}" if last else "")
    if pinned_id is not None and pinned_id in (comment.id, comment.thread_id):
        return None
    if not session.connection().execute(_beyond_one_page, its).scalar():
        return None
    _, last = _position(session, _other_tops(actor), its, comment.thread_id or comment.id, THREADS)
    return encode("n", [last]) if last else None


# Counts what nobody sees, too: then the exact question is asked. Built once, since most discussions stay on one page.
_beyond_one_page = (
    select(Comment.__table__.c.id)
    .where(Comment.__table__.c.on_id == bindparam("root"), Comment.__table__.c.thread_id.is_(None))
    .order_by(Comment.__table__.c.id)
    .offset(THREADS)
    .limit(1)
)


Places = tuple[Select[int], Select[int]]


def _places(*conditions: ColumnElement[bool]) -> Places:
    """Counts the comments before an `id`, and finds the one that is followed by a page."""
    ids = select(Comment.id).where(*conditions)
    before = select(func.count()).select_from(ids.where(Comment.id < bindparam("id")).subquery())
    return before, ids.order_by(Comment.id).offset(bindparam("skipped", type_=Integer)).limit(1)


@lru_cache(256)
def _sibling_replies(actor: Actor) -> Places:
    return _places(*_replies(actor, bindparam("root"), [bindparam("thread")]))


@lru_cache(256)
def _other_tops(actor: Actor) -> Places:
    return _places(*_tops(actor, bindparam("root"), bindparam("pinned")))


def _position(session: Session, places: Places, its: dict[str, int | None], id: int, size: int) -> tuple[int, int | None]:
    """How many stand before an id, and the last id of the page before its own."""
    count, at = places
    before = session.connection().execute(count, its | {"id": id}).scalar() or 0
    if before < size:
        return before, None
    return before, session.connection().execute(at, its | {"skipped": before // size * size - 1}).scalar()


# Built once: making an alias copies its columns.
_child, _words = Comment.__table__.alias("answer"), Entry.__table__.alias("answer_entry")
_under_it = or_(_child.c.thread_id == Comment.id, and_(_child.c.thread_id == Comment.thread_id, _child.c.parent_id == Comment.id))
_answered = (
    select(1).where(_child.c.on_id == Comment.on_id, _under_it, _words.c.id == _child.c.id, _words.c.state == State.PUBLISHED).exists()
)
_taken_away = and_(Comment.state.in_([State.HIDDEN, State.WITHDRAWN, State.GONE, State.DRAFT]), _answered)


@lru_cache(256)
def _shown(actor: Actor) -> ColumnElement[bool]:
    """What stands in a discussion: what the actor may read, and as stubs what was taken away but has been answered."""
    return or_(and_(visible_to(actor), Comment.state != State.WITHDRAWN), _taken_away)


Conditions = tuple[ColumnElement[bool], ...]


def _tops(actor: Actor, root_id: Any, but: Any = None) -> Conditions:
    tops = Comment.on_id == root_id, Comment.thread_id.is_(None), _shown(actor)
    return tops if but is None else (*tops, Comment.id != but)


def _replies(actor: Actor, root_id: Any, threads: Any) -> Conditions:
    return Comment.on_id == root_id, Comment.thread_id.in_(threads), _shown(actor)


def _first_replies(session: Session, actor: Actor, root_id: int, threads: list[int]) -> tuple[list[Line], dict[int, int]]:
    """The first answers of each thread, and how many each has where some are left out; mostly one query."""
    if not threads:
        return [], {}
    few = _read(session, _few_replies(actor), root=root_id, threads=threads)
    if len(few) <= REPLIES:
        return few, {}
    ranked = (
        select(
            Comment.id,
            func.row_number().over(partition_by=Comment.thread_id, order_by=Comment.id).label("place"),
            func.count().over(partition_by=Comment.thread_id).label("of"),
        )
        .where(*_replies(actor, root_id, threads))
        .subquery()
    )
    query = _lines(_LINE, ranked.c.of).join(ranked, ranked.c.id == Comment.id).where(ranked.c.place <= REPLIES)
    rows = session.execute(query.order_by(Comment.id)).all()
    return [row[0] for row in rows], {row[0].thread_id: row[1] for row in rows}


def _one_thread(session: Session, actor: Actor, root: Entry, order: str, thread: int, cursor: str | None) -> Discussion | None:
    top = session.scalar(_lines(_LINE).where(*_tops(actor, root.id), Comment.id == thread))
    if top is None:
        return None
    replies = _lines(_LINE).where(*_replies(actor, root.id, [thread]))
    found = paginate(session, replies, (Comment.id,), cursor, ALL_REPLIES, ascending=True)
    page: Page[Line] = Page(
        found.items, f"t{thread}-{found.next}" if found.next else None, f"t{thread}-{found.previous}" if found.previous else None
    )
    return _discussion(session, actor, root, order, page, [top], list(found.items), {}, thread)


def _discussion(
    session: Session,
    actor: Actor,
    root: Entry,
    order: str,
    page: Page[Line],
    tops: Sequence[Line],
    replies: list[Line],
    totals: dict[int, int],
    thread: int | None = None,
) -> Discussion:
    comments = [*tops, *replies]
    seen = _seen(session, actor, comments)
    names = {comment.id: comment.author for comment in comments if comment.id in seen}
    far = {reply.parent_id for reply in replies} - {comment.id for comment in comments} - {None}
    if far:
        query = (
            select(Comment.id, name_of(Person.name, Comment.anonymous))
            .join(Person, Person.id == Comment.author_id)
            .where(Comment.id.in_(far), visible_to(actor))
        )
        names |= {id: value for id, value in session.execute(query)}  # noqa: C416 – a row is no pair to the type checker
    return Discussion(gather(tops, replies, seen, names, totals), page, order, root.comments_count, thread)


def _seen(session: Session, actor: Actor, comments: Iterable[Line]) -> set[int]:
    """Ids of those whose words the actor may read; asks only where something is not public."""
    public = {comment.id for comment in comments if comment.is_published}
    others = [comment.id for comment in comments if not comment.is_published and comment.state != State.WITHDRAWN]
    return public | set(session.scalars(select(Comment.id).where(Comment.id.in_(others), visible_to(actor)))) if others else public
