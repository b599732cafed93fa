"""The tables of the index. The engine makes them itself; no migration knows them."""

from sqlalchemy import Connection, text

RELEASE = 5  # of what the tables hold: another one wants a rebuild

# Rows are narrow, so that a question that matches half of the documents reads few pages: what is long lies apart (TOAST), what
# every match is filtered and counted by does not. `terms` as in `lexemes`. Values of filters have numbers (`labels`): all of a
# document's are in `facets`; those that results are counted by are in `counted` again, four bytes each, to be strung together and
# counted outside – PostgreSQL would take a multiple of the time for the counts than for all the rest. `words` serve the second
# opinion, `forms` the counting of words when the document changes. Phrases unpack the terms of whoever has their words: those are
# not compressed.
TABLES = """
create table documents (
    id bigint primary key,
    version bigint not null,
    published bigint not null,
    cost bigint not null,
    exact bigint not null,
    votes integer not null,
    comments integer not null,
    adoptions integer not null,
    length integer not null,
    pieces integer not null,
    facets integer[] not null,
    counted bytea not null,
    kind text not null,
    terms tsvector not null,
    heads tsvector not null,
    forms text[] not null,
    words text not null
) with (toast_tuple_target = 256, autovacuum_vacuum_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05);
alter table documents alter facets set storage plain, alter counted set storage plain, alter terms set storage external;
create table labels (code integer primary key, facet text not null, value text not null);
create table forms (form text collate "C" not null, documents integer not null, keys integer[] not null) with (fillfactor = 90);
create table terms (term text collate "C" not null, documents integer not null) with (fillfactor = 90);
create table grams (gram text collate "C" not null, documents real not null);
create table totals (
    documents bigint not null, length bigint not null, pieces bigint not null, changed bigint not null, release integer not null
);
"""

# Without a list of pending entries: searches would walk through it.
INDEXES = """
create index on documents using gin (terms) with (fastupdate = off);
create index on documents using gin (heads) with (fastupdate = off);
create index on documents using gin (facets) with (fastupdate = off);
create index on documents (exact);
create unique index on labels (value, facet);
alter table forms add primary key (form);
create index on forms using gin (keys) with (fastupdate = off);
alter table terms add primary key (term);
create index on grams (gram);
"""


def exist(connection: Connection, schema: str) -> bool:
    """Whether there is an index, of any release."""
    return connection.scalar(text("select to_regclass(:name)"), {"name": f"{schema}.totals"}) is not None


def create(connection: Connection, schema: str) -> None:
    """A new schema with empty tables; `INDEXES` follow when they are filled."""
    connection.execute(text(f"create schema {schema}"))
    connection.execute(text(f"set local search_path = {schema}"))
    run(connection, TABLES)


def run(connection: Connection, statements: str) -> None:
    """Several statements, one after the other."""
    for statement in filter(str.strip, statements.split(";")):
        connection.execute(text(statement))
