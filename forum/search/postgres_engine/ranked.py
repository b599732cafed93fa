"""BM25 in SQL: for the words of a question, the score of every document that has any of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from forum.search.postgres_engine.lexemes import counted, having
from forum.search.postgres_engine.vocabulary import Words
from forum.search.ranking import K1, KINDS, STALE, B, idf
from forum.search.understanding import Alternative, Wanted

_ASKED = ("queries", "words", "alternatives", "counts", "weights")
_WITH = """asked as materialized (
    select cast(query as tsquery) as query, word, alternative, count, weight
    from unnest(
        cast(:queries as text[]), cast(:words as integer[]), cast(:alternatives as integer[]),
        cast(:counts as float8[]), cast(:weights as float8[])
    ) as asked (query, word, alternative, count, weight)
)"""
# A lexeme stands for a count, so what it adds depends on the length of the document alone.
_GAIN = "weight * count / (count + :fixed + :slope * length)"
_COLUMNS = "id, kind, published, votes, comments, adoptions, cost, stale, exact, facets, counted"
_SUMS = "sum(gain) as gain, sum((cast(:importances as float8[]))[word]) as covered"
# One lexeme of each word at most is in a document: its sums are made as it is found.
_PLAIN = f"select {_COLUMNS}, {_SUMS.replace('gain)', f'{_GAIN})')} from asked join documents on terms @@ query group by id"
# Otherwise of the alternatives of a word the best counts; of one that is a phrase, each word adds its share.
_MANY = f"""select {_COLUMNS}, gain, covered from (
    select id, {_SUMS} from (
        select id, word, max(gain) as gain from (
            select id, word, sum({_GAIN}) as gain from asked join documents on terms @@ query group by id, word, alternative
        ) as gains group by id, word
    ) as best group by id
) as sums join documents using (id)"""
_KINDS = " ".join(f"when '{kind}' then {weight}" for kind, weight in KINDS.items())
# What scores are multiplied with.
WEIGHT = f"(case kind {_KINDS} else 1 end * case stale when 1 then {STALE} else 1 end)"

NOTHING = f"(select {_COLUMNS}, 0.0::float8 as covered, 0.0::float8 as score from documents) as documents"


@dataclass(frozen=True, slots=True)
class Scoring:
    """What goes into `with` and `from` of a statement that takes documents with `score` and `covered`; the parameters."""

    common: str
    documents: str
    parameters: dict[str, Any]
    weight: float  # of all words of the question together


def scoring(wanted: Sequence[Wanted], known: Words, enclosed: bool = True) -> Scoring:
    """How the entries that have any of these words are scored; `known` has looked their terms up.

    `enclosed`: the documents that belong to an entry are looked at too.
    """
    parts = [part for number, word in enumerate(wanted, 1) for part in _parts(number, word, known, enclosed)]
    importances = [importance(word, known) for word in wanted]
    columns = zip(*parts, strict=True) if parts else ((),) * len(_ASKED)
    parameters: dict[str, Any] = {name: list(values) for name, values in zip(_ASKED, columns, strict=True)}
    parameters |= {"importances": importances, "fixed": K1 * (1 - B), "slope": K1 * B / known.mean_length}
    plain = all(len(word.alternatives) == len(word.alternatives[0].terms) == 1 for word in wanted)
    documents = f"(select *, gain * {WEIGHT} as score from ({_PLAIN if plain else _MANY}) as summed) as documents"
    return Scoring(_WITH, documents, parameters, sum(importances))


def importance(word: Wanted, known: Words) -> float:
    """How rare a word is: of its alternatives the commonest counts, since that is what was likely meant; a phrase is as its rarest word."""
    return min(idf(known.documents, min(map(known.frequency, one.terms), default=0)) for one in word.alternatives)


def _parts(number: int, word: Wanted, known: Words, enclosed: bool) -> Iterator[tuple[str, int, int, float, float]]:
    """Every lexeme that adds to the score of a word: the tsquery, the word's number, its alternative's, the count, the weight."""
    for at, one in enumerate(word.alternatives):
        if not all(map(known.frequency, one.terms)):
            continue
        for place, term in enumerate(one.terms):
            weight = word.weight * one.weight * idf(known.documents, known.frequency(term)) * (K1 + 1) / len(one.terms)
            others = _others(one, place, enclosed)
            for lexeme, count in counted(term, enclosed and known.in_documents(term)):
                yield lexeme + others, number, at, count, weight


def _others(one: Alternative, place: int, enclosed: bool) -> str:
    return "".join(f" & {having(term, enclosed)}" for other, term in enumerate(one.terms) if other != place)
