"""BM25 in SQL: for the words of a question, the score of every document that has any of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from forum.search.postgres_engine.lexemes import counted, having
from forum.search.postgres_engine.vocabulary import Words
from forum.search.ranking import K1, KINDS, B, idf
from forum.search.understanding import Alternative, Wanted

_ASKED = ("queries", "words", "alternatives", "counts", "weights")
# A lexeme stands for a count, so what it adds depends on the length of the document alone.
_GAINS = """
asked as materialized (
    select cast(query as tsquery) as query, word, alternative, count, weight
    from unnest(
        cast(:queries as text[]), cast(:words as integer[]), cast(:alternatives as integer[]),
        cast(:counts as float8[]), cast(:weights as float8[])
    ) as asked (query, word, alternative, count, weight)
),
gains as (
    select d.id, a.word, a.alternative, a.weight * a.count / (a.count + :fixed + :slope * d.length) as gain
    from asked a join documents d on d.terms @@ a.query
)"""
# A phrase that stands for a word: each of its words adds its share.
_PHRASES = ", phrased as (select id, word, alternative, sum(gain) as gain from {gains} group by id, word, alternative)"
# Of the alternatives of a word the best counts.
_BEST = ", best as (select id, word, max(gain) as gain from {gains} group by id, word)"
_SCORED = """,
scored as materialized (
    select id, sum(gain) as gain, count(*) as had, sum((cast(:importances as float8[]))[word]) as covered from {gains} group by id
)"""

_KINDS = " ".join(f"when '{kind}' then {weight}" for kind, weight in KINDS.items())
SCORED = f"""(
    select documents.*, had, covered, gain * case kind {_KINDS} else 1 end as score from scored join documents using (id)
) as scored"""
UNSCORED = "(select *, 0 as had, 0.0::float8 as covered, 0.0::float8 as score from documents) as unscored"


@dataclass(frozen=True, slots=True)
class Scoring:
    """Common table expressions that end in `scored (id, gain, had, covered)`, and their parameters."""

    sql: str
    parameters: dict[str, Any]
    weight: float  # of all words of the question together


def scoring(wanted: Sequence[Wanted], known: Words) -> Scoring:
    """How the documents that have any of these words are scored; `known` has looked their terms up."""
    parts = [part for number, word in enumerate(wanted, 1) for part in _parts(number, word, known)]
    importances = [importance(word, known) for word in wanted]
    sql, gains = _GAINS, "gains"
    if any(len(one.terms) > 1 for word in wanted for one in word.alternatives):
        sql, gains = sql + _PHRASES.format(gains=gains), "phrased"
    if any(len(word.alternatives) > 1 for word in wanted):
        sql, gains = sql + _BEST.format(gains=gains), "best"
    columns = zip(*parts, strict=True) if parts else ((),) * 5
    parameters: dict[str, Any] = {name: list(values) for name, values in zip(_ASKED, columns, strict=True)}
    parameters |= {"importances": importances, "fixed": K1 * (1 - B), "slope": K1 * B / known.mean_length}
    return Scoring(sql + _SCORED.format(gains=gains), parameters, sum(importances))


def importance(word: Wanted, known: Words) -> float:
    """How rare a word is: of its alternatives the commonest counts, since that is what was likely meant; a phrase is as its rarest word."""
    return min(idf(known.documents, min(map(known.frequency, one.terms), default=0)) for one in word.alternatives)


def _parts(number: int, word: Wanted, known: Words) -> Iterator[tuple[str, int, int, float, float]]:
    """Every lexeme that adds to the score of a word: the tsquery, the word's number, its alternative's, the count, the weight."""
    for at, one in enumerate(word.alternatives):
        if not all(map(known.frequency, one.terms)):
            continue
        for place, term in enumerate(one.terms):
            weight = word.weight * one.weight * idf(known.documents, known.frequency(term)) * (K1 + 1) / len(one.terms)
            others = _others(one, place)
            for lexeme, count in counted(term):
                yield lexeme + others, number, at, count, weight


def _others(one: Alternative, place: int) -> str:
    return "".join(f" & {having(term)}" for other, term in enumerate(one.terms) if other != place)
