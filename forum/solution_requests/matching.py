"""Practices that may answer a request, and the people who wrote them: the engine names them, lists' own rule shows them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from forum.core.clock import now
from forum.core.once import insert_once
from forum.entries.models import Entry
from forum.places.likeness import likeness, profile
from forum.places.models import Municipality, Region
from forum.practices import lists
from forum.practices.models import Practice
from forum.search.port import Engine, Unavailable
from forum.solution_requests.models import RequestMatch, SolutionRequest

SHOWN = 5
LOOKED_AT = 20
# Of what the text itself would score: where there are few practices, everyday words are as rare as others and add up. What has
# less than half of the best one's share only repeats some of its words.
LEAST, WORTH_TELLING, BESIDE_BEST = 0.27, 0.35, 0.5
LONGEST = 4_000  # characters that are compared
MOST_PEOPLE = 10
AT_ONCE = 20  # requests in one go of the worker

# Put together once: that would take longer than the query itself.
_ROWS = (
    lists.rows([lists.P.id.in_(bindparam("ids", expanding=True))])
    .add_columns(Region.name, Region.name_en, Region.district)
    .outerjoin(Region, Region.code == lists.P.region)
)
_OWNERS = (
    select(Entry.__table__.c.id, Entry.__table__.c.author_id, lists.P.municipality_id)
    .join_from(Entry.__table__, Practice.__table__, lists.P.id == Entry.__table__.c.id)
    .where(lists.listed(), Entry.__table__.c.id.in_(bindparam("ids", expanding=True)))
)


def scores(engine: Engine, title: str, problem: str, least: float = LEAST) -> dict[int, float]:
    """How well published practices fit, by number; none while search is away."""
    if len(title) + len(problem) < 6:
        return {}
    try:
        hits = engine.similar(title, problem[:LONGEST], None, LOOKED_AT)
    except Unavailable:
        return {}
    least = max([least, *(hit.score * BESIDE_BEST for hit in hits)])
    return {hit.id: hit.score for hit in hits if hit.score >= least}


def cards(session: Session, ids: Iterable[int]) -> Mapping[int, Any]:
    """Rows for cards of those that guests may read, with the names of regions, by number: one query."""
    wanted = sorted(set(ids))
    return {row.card.id: row for row in session.execute(_ROWS, {"ids": wanted})} if wanted else {}


def in_order(found: Mapping[int, Any], fit: Mapping[int, float], where: Municipality | None) -> Sequence[Any]:
    """Rows of what fits, the best first; of those that fit as well (to a tenth) those of towns more alike. None of its own town."""
    own = profile(where.profile, where.region.district) if where is not None and where.profile else None

    def place(id: int) -> tuple[float, int, float, int]:
        row = found[id]
        like = likeness(own, profile(row.card.profile, row.district)) if own is not None and row.card.profile else 0
        return -round(fit[id], 1), -like, -fit[id], -id

    others = [id for id in fit if id in found and (where is None or found[id].card.place_id != where.id)]
    return [found[id] for id in sorted(others, key=place)][:SHOWN]


def unmatched(session: Session) -> Sequence[int]:
    """Requests for which nobody has been looked for yet."""
    r = SolutionRequest.__table__.c
    query = select(r.id).where(r.matched.is_(False), r.listed_at.is_not(None)).order_by(r.listed_at).limit(AT_ONCE)
    return session.scalars(query).all()


def match(session: Session, engine: Engine, id: int) -> int:
    """Note who has written what may answer a request, each once; how many. Its own town is not asked, nor its author."""
    request = session.get(SolutionRequest, id, with_for_update=True)
    if request is None or request.matched:
        return 0
    request.matched = True
    fit = scores(engine, request.title, request.problem, WORTH_TELLING)
    best: dict[int, int] = {}
    for row in sorted(_owners(session, fit), key=lambda row: -fit[row.id]):
        if row.author_id != request.author_id and row.municipality_id != request.municipality_id:
            best.setdefault(row.author_id, row.id)
    people = list(best.items())[:MOST_PEOPLE]
    for person_id, practice_id in people:
        insert_once(session, RequestMatch, request_id=id, person_id=person_id, practice_id=practice_id, at=now())
    return len(people)


def _owners(session: Session, fit: Mapping[int, float]) -> Sequence[Any]:
    return session.execute(_OWNERS, {"ids": list(fit)}).all() if fit else ()
