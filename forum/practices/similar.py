"""Practices like another, and those that a title would say once more: the engine names them, lists' own rule shows them."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import bindparam, exists
from sqlalchemy.orm import Session

from forum.places.models import Region
from forum.practices import lists
from forum.practices.models import Practice, practice_tags
from forum.search.analysis import tokens
from forum.search.port import Engine, Hit, Unavailable

SHOWN = 5
# Of what the text itself would score: below this, practices share words rather than a subject. Where there are few practices,
# everyday words are as rare as others and add up to more, so those without a theme in common must share more.
LEAST, UNTHEMED = 0.2, 0.3
LOOKED_AT = 10

NEAR_SHOWN = 3
NEAR = 0.55  # see `closeness`
CANDIDATES = 20
# A shorter title says too little to be compared: either is enough.
WORDS, LETTERS = 3, 15

Rows = Sequence[Any]

# Put together once: that would take longer than the query itself.
_FOUND = (
    lists.rows([lists.P.id.in_(bindparam("ids", expanding=True))])
    .add_columns(Region.name, Region.name_en)
    .outerjoin(Region, Region.code == lists.P.region)
)
_themes = practice_tags.c.tag_id.in_(bindparam("tags", expanding=True))
_ALIKE = _FOUND.add_columns(exists().where(practice_tags.c.practice_id == lists.P.id, _themes).label("shares_theme"))


def similar(session: Session, engine: Engine, practice: Practice) -> Rows:
    """Rows for cards of published practices on the same subject, the most like first; for one query. Raises `Unavailable`.

    The practice is compared by its words, not by its place in the index, so one published a moment ago has its like at once.
    """
    tags = " ".join(tag.name for tag in practice.tags)
    text = "\n".join(filter(None, [practice.summary, practice.problem, practice.solution, practice.results]))
    scores = {hit.id: hit.score for hit in engine.similar(f"{practice.title} {tags}", text, practice.id, LOOKED_AT) if hit.score >= LEAST}
    if not scores:
        return ()
    rows = session.execute(_ALIKE, {"ids": list(scores), "tags": [tag.id for tag in practice.tags]})
    return _in_order((row for row in rows if row.shares_theme or scores[row.card.id] >= UNTHEMED), scores)[:SHOWN]


def near(session: Session, engine: Engine, title: str, but: int | None = None) -> Rows:
    """Rows for cards of published practices whose titles say nearly the same, the nearest first; none while search is away."""
    if not tells(title):
        return ()
    try:
        hits = engine.similar(title, "", but, CANDIDATES)
    except Unavailable:
        return ()
    scores = {hit.id: hit.score for hit in hits if hit.score > 2 * NEAR - 1}
    graded = [(closeness(title, row.card.title, scores[row.card.id]), row) for row in _rows(session, hits) if row.card.id in scores]
    return [row for close, row in sorted(graded, key=lambda one: -one[0]) if close >= NEAR][:NEAR_SHOWN]


def tells(title: str) -> bool:
    """Whether a title is long enough to be compared."""
    return len(title.split()) >= WORDS or sum(map(str.isalpha, title)) >= LETTERS


def closeness(title: str, other: str, score: float) -> float:
    """Halfway between the engine's score (the share of the title that the other practice speaks of anywhere) and the share
    of the title's words that the other title has: 0–1.

    Either alone deceives: a long text has all words of «Город для детей» somewhere, and «Ремонт школы» has half the words of
    «Ремонт дороги».
    """
    own = {term for term in tokens(title) if not term.isdigit()}
    return (score + len(own & set(tokens(other))) / len(own)) / 2 if own else 0.0


def _rows(session: Session, hits: Sequence[Hit]) -> Rows:
    """What guests may read of the hits, in their order, with the names of regions."""
    if not hits:
        return ()
    ids = [hit.id for hit in hits]
    return _in_order(session.execute(_FOUND, {"ids": ids}), ids)


def _in_order(rows: Iterable[Any], ids: Iterable[int]) -> Rows:
    places = {id: place for place, id in enumerate(ids)}
    return sorted(rows, key=lambda row: places[row.card.id])
