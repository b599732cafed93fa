"""What is like a text, and which titles a text may be the beginning of."""

from collections.abc import Sequence

from sqlalchemy import Connection, text

from forum.search.analysis import all_words, tokens, words
from forum.search.likeness import READ, attainable, telling
from forum.search.port import Hit
from forum.search.postgres_engine import lexemes, ranked
from forum.search.postgres_engine.vocabulary import Words as Vocabulary

LOOKED_AT = 64  # titles whose beginning is compared, of those with most votes

_LIKE = """
with {common}
select id, score from {documents} where kind = 'practice' and id <> :but order by score desc, id desc limit :limit
"""
_BEGINNING = text("""
select id from (
    select id, votes, words from documents where heads @@ cast(:heads as tsquery) order by votes desc, id desc limit :looked_at
) as documents order by substr(words, 1, length(:beginning)) = :beginning desc, votes desc, id desc limit :limit
""")

# By the words of whole documents: those of titles alone stand in no order. What no title has completes nothing.
_BEGUN = text("""
select beginning, sum(documents)::bigint as number from unnest(cast(:beginnings as text[])) as asked (beginning)
join forms on form >= beginning collate "C" and form < beginning || :last collate "C" group by beginning
""")


def similar(connection: Connection, title: str, body: str, but: int | None, limit: int) -> Sequence[Hit]:
    """Practices by the score of the text's most telling words, as a share of what the text itself would get."""
    vocabulary = Vocabulary(connection)
    vocabulary.look_up(terms=tokens(f"{title}\n{body[:READ]}"))
    wanted = telling(title, body, vocabulary)
    most = attainable(wanted, vocabulary)
    if not most:
        return []
    scoring = ranked.scoring(wanted, vocabulary, enclosed=False)
    statement = text(_LIKE.format(common=scoring.common, documents=scoring.documents))
    found = connection.execute(statement, {**scoring.parameters, "but": but or 0, "limit": limit})
    return [Hit(id, round(min(1.0, score / most), 4)) for id, score in found]


def complete(connection: Connection, typed: str, limit: int) -> Sequence[int]:
    """Ids of practices."""
    own = all_words(typed)
    if not own:
        return []
    parameters = {"heads": lexemes.beginning(own), "beginning": f" {' '.join(words(typed))}", "looked_at": LOOKED_AT, "limit": limit}
    return connection.scalars(_BEGINNING, parameters).all()


def begun(connection: Connection, beginnings: Sequence[str]) -> dict[str, int]:
    """Those with which known words begin, with about how often."""
    rows = connection.execute(_BEGUN, {"beginnings": list(beginnings), "last": "\U0010ffff"})
    return {row.beginning: row.number for row in rows}
