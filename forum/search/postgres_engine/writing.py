"""Changes of the index: some documents at a time, or all of them beside the old ones."""

import math
import time
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import starmap

import structlog
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from forum.search.analysis import grams
from forum.search.port import Document
from forum.search.postgres_engine import tables
from forum.search.postgres_engine.connecting import Database
from forum.search.postgres_engine.lexemes import term_of
from forum.search.postgres_engine.rows import COLUMNS, Label, Row, form_row, row

STALE = 0.05  # share of documents that came, changed or went before pieces of words are counted anew
INDEXING_MEMORY = "256MB"
TERMS, FORMS = ("term", "documents"), ("form", "documents", "keys")

log = structlog.get_logger()


class Tally:
    """What documents add to the tables that count, and take from them when they go."""

    def __init__(self) -> None:
        self.terms: Counter[str] = Counter()
        self.forms: Counter[str] = Counter()
        self.totals: Counter[str] = Counter()

    def add(self, one: Row) -> None:
        """A document that comes."""
        self.terms.update(one.terms)
        self.forms.update(one.forms)
        self.totals.update({"documents": 1, "length": one.length, "pieces": one.pieces})

    def take(self, terms: Iterable[str], forms: Iterable[str], length: int, pieces: int) -> None:
        """A document that goes."""
        self.terms.subtract(terms)
        self.forms.subtract(forms)
        self.totals.subtract({"documents": 1, "length": length, "pieces": pieces})


class Numbering(dict[Label, int]):
    """The numbers of labels; a new one gets the next."""

    def __init__(self, known: Mapping[Label, int] | None = None, last: int = 0) -> None:
        super().__init__(known or {})
        self._last = last
        self._new: list[tuple[int, str, str]] = []

    @classmethod
    def of(cls, connection: Connection, labels: Collection[Label]) -> "Numbering":
        """Those of some labels, as far as they have any."""
        found = connection.execute(
            text("select facet, value, code from labels where value = any(:values)"), {"values": [value for _, value in labels]}
        )
        last = connection.scalar(text("select max(code) from labels"))
        return cls({(facet, value): code for facet, value, code in found}, last or 0)

    def __missing__(self, label: Label) -> int:
        self._last += 1
        self[label] = self._last
        self._new.append((self._last, *label))
        return self._last

    def keep(self, connection: Connection) -> None:
        """Write the new ones down."""
        _copy(connection, "labels", ("code", "facet", "value"), self._new)


def write(database: Database, documents: Iterable[Document], removed: Iterable[int]) -> None:
    """Put documents in place of their older versions and take others out, in one commit."""
    newest = {document.id: row(document) for document in documents}
    tally = Tally()
    with database.writing() as connection:
        if not tables.exist(connection, database.schema):
            tables.create(connection, database.schema)
            tables.run(connection, tables.INDEXES)
            _begin_totals(connection)
        gone = connection.execute(
            text("delete from documents where id = any(:ids) returning tsvector_to_array(terms), forms, length, pieces"),
            {"ids": list({*newest, *removed})},
        )
        for lexemes, forms, length, pieces in gone:
            tally.take(map(term_of, lexemes), forms, length, pieces)
        for one in newest.values():
            tally.add(one)
        codes = Numbering.of(connection, {label for one in newest.values() for label in one.labels})
        _copy(connection, "documents", COLUMNS, (one.values(codes) for one in newest.values()))
        _copy(connection, "terms", TERMS, _count(connection, "terms", "term", tally.terms).items())
        _copy(connection, "forms", FORMS, starmap(form_row, _count(connection, "forms", "form", tally.forms).items()))
        codes.keep(connection)
        _total(connection, tally.totals, changed=len(newest) + gone.rowcount)


def rebuild(database: Database, documents: Iterable[Document]) -> int:
    """Fill a new schema and put it in place of the old one, all in one transaction: cut off, it leaves no trace."""
    tally, codes = Tally(), Numbering()
    with database.writing() as connection:
        connection.execute(text(f"set local maintenance_work_mem = '{INDEXING_MEMORY}'"))
        tables.create(connection, f"{database.schema}_new")
        _copy(connection, "documents", COLUMNS, _tallied(documents, tally, codes))
        _copy(connection, "terms", TERMS, tally.terms.items())
        _copy(connection, "forms", FORMS, starmap(form_row, tally.forms.items()))
        codes.keep(connection)
        _begin_totals(connection)
        _total(connection, tally.totals, changed=0)
        _count_grams(connection, tally.forms, tally.totals["documents"])
        tables.run(connection, tables.INDEXES)
        connection.execute(text("analyze documents, forms, terms, grams, labels, totals"))
        _put_in_place(connection, database.schema)
    _drop_old(database)
    return tally.totals["documents"]


def tend(database: Database) -> bool:
    """Count pieces of words anew where many documents have changed; whether it did."""
    with database.writing() as connection:
        if not tables.exist(connection, database.schema):
            return False
        size, changed = connection.execute(text("select documents, changed from totals")).one()
        if changed <= STALE * size:
            return False
        known = {row.form: row.documents for row in connection.execute(text("select form, documents from forms"))}
        connection.execute(text("delete from grams"))
        _count_grams(connection, known, size)
        connection.execute(text("update totals set changed = 0"))
        connection.execute(text("analyze documents, forms, terms, grams"))
    _drop_old(database)
    return True


def _tallied(documents: Iterable[Document], tally: Tally, codes: "Numbering") -> Iterator[Sequence[object]]:
    for document in documents:
        one = row(document)
        tally.add(one)
        yield one.values(codes)


def _put_in_place(connection: Connection, schema: str) -> None:
    if tables.exist(connection, schema):
        connection.execute(text(f"alter schema {schema} rename to {schema}_old_{time.time_ns()}"))
    connection.execute(text(f"alter schema {schema}_new rename to {schema}"))


def _drop_old(database: Database) -> None:
    """Drop what a rebuild has replaced; where somebody still reads it (a backup), another time."""
    with database.tidying() as connection:
        found = text("select nspname from pg_namespace where starts_with(nspname, :old)")
        schemas = connection.scalars(found, {"old": f"{database.schema}_old_"}).all()
    for schema in schemas:
        try:
            with database.tidying() as connection:
                connection.execute(text(f"drop schema if exists {schema} cascade"))
        except DBAPIError as error:
            log.warning("old_index_stays", schema=schema, error=str(error.orig))


# The tables that count.


def _begin_totals(connection: Connection) -> None:
    connection.execute(text("insert into totals values (0, 0, 0, 0, :release)"), {"release": tables.RELEASE})


def _total(connection: Connection, totals: Mapping[str, int], changed: int) -> None:
    connection.execute(
        text(
            "update totals set documents = documents + :documents, length = length + :length, pieces = pieces + :pieces,"
            " changed = changed + :changed"
        ),
        {"documents": 0, "length": 0, "pieces": 0, **totals, "changed": changed},
    )


def _count(connection: Connection, table: str, key: str, changes: Mapping[str, int]) -> dict[str, int]:
    """Add to the counts of known words and drop those that no document has any more; what is left are new words with their counts."""
    changed = {word: number for word, number in changes.items() if number}
    found = connection.execute(
        text(
            f"update {table} set documents = documents + change.number"
            " from unnest(cast(:words as text[]), cast(:numbers as integer[])) as change (word, number)"
            f" where {key} = change.word returning {key}, documents"
        ),
        {"words": list(changed), "numbers": list(changed.values())},
    )
    known = {row[0]: row.documents for row in found}
    gone = [word for word, documents in known.items() if documents <= 0]
    if gone:
        connection.execute(text(f"delete from {table} where {key} = any(:gone)"), {"gone": gone})
    return {word: number for word, number in changed.items() if word not in known and number > 0}


def _count_grams(connection: Connection, forms: Mapping[str, int], size: int) -> None:
    """Documents with each piece, as if its words were spread independently: their own count would need every text again."""
    absent: dict[str, float] = {}
    for form, documents in forms.items():
        share = math.log1p(-min(documents, size - 0.5) / size)
        for piece in set(grams([form])):
            absent[piece] = absent.get(piece, 0.0) + share
    _copy(connection, "grams", ("gram", "documents"), ((piece, size * -math.expm1(share)) for piece, share in absent.items()))


def _copy(connection: Connection, table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    cursor = connection.connection.cursor()
    try:
        with cursor.copy(f"copy {table} ({', '.join(columns)}) from stdin") as copy:
            for one in rows:
                copy.write_row(one)
    finally:
        cursor.close()
