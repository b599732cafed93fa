"""How a question is answered: what is known of its words, then one statement that scores, filters, counts and orders."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, text

from forum.search.analysis import grams, in_dictionary, token, tokens, words
from forum.search.layout import candidates
from forum.search.port import COUNTED, Hit, Query, Results
from forum.search.postgres_engine import lexemes, ranked
from forum.search.postgres_engine.rows import kept, title_code
from forum.search.postgres_engine.vocabulary import Words as Vocabulary
from forum.search.query import clean, parse
from forum.search.ranking import RERANKED
from forum.search.second_opinion import SecondOpinion, Words
from forum.search.synonyms import Synonyms
from forum.search.understanding import Understood, understand
from forum.search.whoosh_engine.schema import exact_key

HALF_OF_BEST = 0.5
MOST = 2**31  # documents
ALL = 0.999  # of the weight of the words: who has so much has them all
# Orders that ignore the score.
ORDERS = {"new": "published desc", "votes": "votes desc", "discussed": "comments desc", "adopted": "adoptions desc", "cost": "cost"}

# `missed` has a bit for each filter that a document does not pass: with none it is a result; with one it still counts for the
# facet of that filter, which shows what its other values would give.
_ANSWER = """
with {common}
found as materialized (
    select id, published, votes, comments, adoptions, cost, exact, counted, covered, score, {missed} as missed{place} from {documents}
),
{together}
matched as {materialized} (select * from found where {conditions}),
hits as (select id, score from matched where missed = 0 order by {order}, published desc, id desc limit :needed)
select 'matched' as row, count(*) as number, {coverage} as score, null::bytea as labels from matched
{labels}
union all (select 'hit', id, score, null from hits)
union all (
    select 'exact', id, score, null from matched where missed = 0 and exact = :exact order by published desc, id desc
)
"""
_STRUNG = "union all (select 'labels', {missed}, count(*), string_agg(counted, '') from matched where missed = {missed})"
_LABELS = text("select code, facet, value from labels where code = any(:codes)")
# Through a join, so that the planner does not know the words: for common ones it would read the table, whose lexemes lie apart.
_HAVING = "(select id from unnest(array[cast(:{name} as tsquery)]) as asked (query) join documents on terms @@ query)"
# Who has the phrases; where nobody has, their words are enough.
_TOGETHER = f"together as materialized (select id from found where {{telling}} and id in {_HAVING.format(name='together')}),"
_OR_LOOSENED = "(id in (select id from together) or not exists (select from together))"
_IS_LOOSENED = "union all (select 'loosened', count(*), null, null from found where not exists (select from together))"
_IN_DOCUMENTS = text("select id from documents where id = any(:ids) and terms @@ cast(:terms as tsquery)")
_WORDS = text(f"select id, words, length, pieces, {ranked.WEIGHT} as weight from documents where id = any(:ids)")


@dataclass(slots=True)
class Answer:
    """What the statement gave. `labels` are those of the documents that match, by the filters they miss."""

    total: int = 0
    loosened: bool = False
    coverage: float = 0.0
    labels: dict[int, NDArray[np.int32]] = field(default_factory=dict)
    ranked: list[int] = field(default_factory=list)
    exact: list[int] = field(default_factory=list)
    scores: dict[int, float] = field(default_factory=dict)


def answer(connection: Connection, query: Query) -> Results:
    """Everything but the time it took."""
    vocabulary = Vocabulary(connection)
    understood = meant(query.text, vocabulary, query.synonyms)
    asked = understood.asked
    if not asked.everything and not asked.words:  # only stop words or signs
        return Results(facets={name: {} for name in COUNTED}, suggestion=understood.suggestion)
    found = _ask(connection, query, understood, vocabulary)
    page = _order(connection, query, understood, vocabulary, found)[query.offset : query.offset + query.limit]
    enclosed = _enclosed(connection, page, [term for term in understood.terms if vocabulary.in_documents(term)])
    return Results(
        total=found.total,
        hits=[Hit(number, round(found.scores[number], 4), number in enclosed) for number in page],
        suggestion=understood.suggestion,
        facets=_count(connection, found.labels, list(_chosen(query))),
        terms=understood.terms,
        loosened=found.loosened,
        coverage=found.coverage,
    )


def meant(question: str, vocabulary: Vocabulary, synonyms: Synonyms) -> Understood:
    """The question understood, with all that scoring needs to know of its words looked up."""
    typed = clean(question)
    own = parse(typed).words
    some = {*words(typed), *candidates(typed)}
    same = {term for _, _, phrases in synonyms.of(list(map(token, own))) for phrase in phrases for term in phrase}
    vocabulary.look_up(forms=some, terms={*map(token, some), *same}, grams=grams(list(own)))
    vocabulary.look_around([word for word in own if not (vocabulary.has_form(word) or in_dictionary(word))])
    understood = understand(question, vocabulary, synonyms)
    vocabulary.look_up(forms=understood.forms, terms=understood.terms, grams=grams(understood.forms))
    return understood


def _ask(connection: Connection, query: Query, understood: Understood, vocabulary: Vocabulary) -> Answer:
    chosen, parameters = _chosen(query), dict[str, Any]()
    common, documents, weight = "", ranked.NOTHING, 1.0
    if understood.wanted:
        scoring = ranked.scoring(understood.wanted, vocabulary)
        common, documents, weight = f"{scoring.common},", scoring.documents, scoring.weight
        parameters |= scoring.parameters
    parameters |= {
        "needed": min(max(RERANKED, query.offset + query.limit), MOST),
        "exact": title_code(understood.asked.text) or None,
    }
    labels = [_STRUNG.format(missed=one) for one in [0, *(1 << bit for bit in range(len(chosen)))]]
    statement = _ANSWER.format(
        common=common,
        documents=documents,
        missed=_missed(chosen, parameters),
        labels=" ".join([*labels, *([_IS_LOOSENED] if understood.asked.phrases else ())]),
        place=_place(query, parameters),
        order=_order_by(query, understood),
        **_conditions(query, understood, weight, parameters),
    )
    return _gather(connection.execute(text(statement), parameters).all(), weight)


def _chosen(query: Query) -> dict[str, list[str]]:
    """The values of each filter that is set."""
    chosen = {name: list(values) for name, values in query.filters.items() if values}
    return {**chosen, "kind": list(query.kinds)} if query.kinds else chosen


def _missed(chosen: Mapping[str, Sequence[str]], parameters: dict[str, Any]) -> str:
    """Which filters a document does not pass, in SQL."""
    bits = ["0"]
    for bit, (facet, values) in enumerate(chosen.items()):
        codes = f"array(select code from labels where facet = :facet{bit} and value = any(cast(:values{bit} as text[])))"
        bits.append(f"case when facets && {codes} then 0 else {1 << bit} end")
        parameters |= {f"facet{bit}": facet, f"values{bit}": [kept(exact_key(one) if facet == "author" else one) for one in values]}
    return " + ".join(bits)


def _conditions(query: Query, understood: Understood, weight: float, parameters: dict[str, Any]) -> dict[str, str]:
    """The parts of the statement that say which of the documents found match; filters aside."""
    asked, telling = understood.asked, "true"
    if understood.wanted and query.sort != "fit":
        # The score does not order: documents with every word, else those that come near the best.
        best = f"score >= {HALF_OF_BEST} * (select max(score) from found)"
        telling = f"case when (select max(covered) from found) >= :every then covered >= :every else {best} end"
        parameters["every"] = ALL * weight
    conditions = [telling]
    if asked.phrases:
        conditions.append(_OR_LOOSENED)
        parameters["together"] = " & ".join(lexemes.phrase(tokens(one)) for one in asked.phrases)
    if asked.excluded:
        conditions.append(f"id not in {_HAVING.format(name='excluded')}")
        parameters["excluded"] = " | ".join(lexemes.phrase(tokens(one)) for one in asked.excluded)
    return {
        "together": _TOGETHER.format(telling=telling) if asked.phrases else "",
        "conditions": " and ".join(conditions),
        "coverage": "max(covered)" if conditions == ["true"] else "(select max(covered) from found)",
        # What is looked up elsewhere is looked up once; a comparison costs less than to keep its outcome.
        "materialized": "materialized" if asked.excluded else "not materialized",
    }


def _order_by(query: Query, understood: Understood) -> str:
    if query.sort == "near" and query.near:
        return "place"
    return "score desc" if query.sort == "fit" and understood.wanted else ORDERS.get(query.sort, ORDERS["new"])


def _place(query: Query, parameters: dict[str, Any]) -> str:
    """A column with the place of a document in the order of likeness, where that is wanted."""
    if query.sort != "near" or not query.near:
        return ""
    found = []
    for place, values in enumerate(query.near):
        codes = f"array(select code from labels where facet = 'profile' and value = any(cast(:near{place} as text[])))"
        found.append(f"when facets && {codes} then {place}")
        parameters[f"near{place}"] = list(values)
    return f", case {' '.join(found)} else {len(query.near)} end as place"


def _gather(rows: Sequence[Any], weight: float) -> Answer:
    found = Answer()
    for row, number, score, labels in rows:
        if row == "matched":
            found.coverage = round((score or 0.0) / weight, 3) if weight else 0.0
        elif row == "loosened":
            found.loosened = number > 0
        elif row == "labels":
            found.labels[number] = np.frombuffer(labels or b"", "<i4")
            found.total += int(score) if number == 0 else 0
        else:
            found.scores[number] = score
            (found.ranked if row == "hit" else found.exact).append(number)
    return found


def _count(connection: Connection, labels: Mapping[int, NDArray[np.int32]], filters: Sequence[str]) -> dict[str, dict[str, int]]:
    """For each facet what its values would give: without its own filter, with all others."""
    size = max((int(some.max()) for some in labels.values() if len(some)), default=0) + 1
    numbers = {missed: np.bincount(some, minlength=size) for missed, some in labels.items()}
    counts: dict[str, dict[str, int]] = {name: {} for name in COUNTED}
    nothing = np.zeros(size, np.int64)
    codes = np.flatnonzero(sum(numbers.values(), nothing))
    for code, facet, value in connection.execute(_LABELS, {"codes": codes.tolist()}):
        own = 1 << filters.index(facet) if facet in filters else 0
        number = numbers.get(0, nothing)[code] + (numbers.get(own, nothing)[code] if own else 0)
        if number:
            counts[facet][value] = int(number)
    return counts


def _order(connection: Connection, query: Query, understood: Understood, vocabulary: Vocabulary, found: Answer) -> list[int]:
    if query.sort != "fit" or not understood.wanted:
        return found.ranked
    head, tail = found.ranked[:RERANKED], found.ranked[RERANKED:]
    for number, more in _second_opinion(connection, head, understood.forms, vocabulary).items():
        found.scores[number] += more
    head.sort(key=lambda number: -found.scores[number])
    return [*found.exact, *(number for number in head + tail if number not in found.exact)]


def _enclosed(connection: Connection, page: Sequence[int], terms: Sequence[str]) -> set[int]:
    """Which of these have one of the terms in their documents only; nothing is asked where no document has any."""
    if not page or not terms:
        return set()
    lexes = " | ".join(f"'{lexemes.in_documents(term)}'" for term in sorted(terms))
    return set(connection.scalars(_IN_DOCUMENTS, {"ids": list(page), "terms": lexes}))


def _second_opinion(connection: Connection, ids: Sequence[int], forms: Sequence[str], vocabulary: Vocabulary) -> Mapping[int, float]:
    """What exact word forms and shared pieces of words add to the scores of some documents."""
    rows = connection.execute(_WORDS, {"ids": list(ids)}).all()
    documents = [
        Words(row.words.encode(), row.length / vocabulary.mean_length, row.pieces / vocabulary.mean_pieces) for row in rows
    ]
    gained = SecondOpinion(forms, vocabulary).of(documents)
    return {row.id: more * float(row.weight) for row, more in zip(rows, gained, strict=True)}
