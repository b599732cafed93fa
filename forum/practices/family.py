"""The family of a practice: from whom it was taken over, and who took it over from there. Bounded in depth and size."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Integer, Select, bindparam, literal, select
from sqlalchemy.orm import Session, aliased

from forum.places.models import Municipality
from forum.practices.lists import P
from forum.practices.models import Practice

DEPTH = 8  # generations up, and down
LARGEST = 60  # practices drawn

_place = Municipality.__table__
_TABLE: Any = Practice.__table__


@dataclass(slots=True)
class Member:
    """A practice of the family with those adapted from it."""

    row: Any
    here: bool
    heirs: list["Member"] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Family:
    """The tree from its first practice down; `more` is set where it is larger than what is drawn."""

    root: Member
    size: int
    more: bool


def family_of(session: Session, practice_id: int) -> Family | None:
    """The tree that a practice stands in; None where it stands alone. Hidden practices, and what hangs on them, are left out."""
    top = session.scalar(_oldest(), {"practice": practice_id}) or practice_id
    rows = session.execute(_below(), {"practice": top}).all()
    if len(rows) < 2:
        return None
    return _tree(rows[:LARGEST], practice_id, len(rows) > LARGEST)


def _tree(rows: Sequence[Any], here: int, more: bool) -> Family | None:
    """Rows stand in the order of generations; one that is met twice (donors in a circle) is drawn once."""
    members: dict[int, Member] = {}
    root: Member | None = None
    for row in rows:
        if row.id in members:
            continue
        members[row.id] = member = Member(row, row.id == here)
        if root is None:
            root = member
        elif row.donor_id in members:
            members[row.donor_id].heirs.append(member)
    return Family(root, len(members), more) if root is not None else None


def _oldest() -> Select[Any]:
    """The forefather: the end of the chain of donors that guests can read."""
    start = (P.id == bindparam("practice", type_=Integer), P.listed_at.is_not(None))
    chain = select(P.id, P.donor_id, literal(0, Integer).label("depth")).where(*start).cte("chain", recursive=True)
    donor = aliased(_TABLE)
    further = select(donor.c.id, donor.c.donor_id, chain.c.depth + 1).join(chain, chain.c.donor_id == donor.c.id)
    chain = chain.union_all(further.where(donor.c.listed_at.is_not(None), chain.c.depth < DEPTH))
    return select(chain.c.id).order_by(chain.c.depth.desc()).limit(1)


def _below() -> Select[Any]:
    """A practice and all that were adapted from it, generation by generation."""
    columns = ("id", "slug", "title", "status", "donor_id", "municipality_id", "listed_at")
    start = select(*(P[name] for name in columns), literal(0, Integer).label("depth")).where(P.id == bindparam("practice", type_=Integer))
    tree = start.where(P.listed_at.is_not(None)).cte("tree", recursive=True)
    heir = aliased(_TABLE)
    further = select(*(heir.c[name] for name in columns), tree.c.depth + 1).join(tree, heir.c.donor_id == tree.c.id)
    tree = tree.union_all(further.where(heir.c.listed_at.is_not(None), tree.c.depth < DEPTH))
    names = (_place.c.name.label("place"), _place.c.name_en.label("place_en"))
    found = select(tree, *names).select_from(tree.outerjoin(_place, _place.c.id == tree.c.municipality_id))
    return found.order_by(tree.c.depth, tree.c.listed_at, tree.c.id).limit(LARGEST + 1)


def is_forefather(session: Session, practice_id: int, of: int) -> bool:
    """Whether a practice stands among the donors of another, or is that one: then it can't become its heir."""
    seen: set[int] = set()
    found: int | None = of
    while found is not None and found not in seen and len(seen) < 100:
        if found == practice_id:
            return True
        seen.add(found)
        found = session.scalar(select(P.donor_id).where(P.id == found))
    return False
