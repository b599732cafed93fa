"""What only an index in PostgreSQL can get wrong."""

import threading
import time

import psycopg
import pytest
from sqlalchemy import create_engine, event, text
from sqlalchemy.orm import Session

from forum.search import indexing
from forum.search.port import Query, Unavailable
from forum.search.postgres_engine import PostgresEngine, lexemes
from tests.search.conftest import doc

pytestmark = pytest.mark.xdist_group("postgresql")


@pytest.fixture
def index(open_postgresql):
    return open_postgresql()


@pytest.fixture
def filled(index):
    index.write([doc(1, "Светлые дворы", "Заменили светильники."), doc(2, "Парк у реки", "Разбили парк.")])
    return index


@pytest.fixture
def look(index, postgresql):
    """Rows straight from the tables of the index."""
    with create_engine(postgresql).connect() as connection:
        connection.execute(text(f"set search_path = {index._database.schema}"))
        yield lambda statement: connection.execute(text(statement)).all()


def test_counts_follow_every_change(filled, look):
    counted = "select term, documents from terms union all select form, documents from forms order by 1, 2"
    filled.write([doc(3, "Парк и двор"), doc(2, "Сквер", "Двор.", version=2)], removed=[1])
    grown, totals = look(counted), look("select documents, length from totals")
    filled.rebuild([doc(3, "Парк и двор"), doc(2, "Сквер", "Двор.", version=2)])
    assert (look(counted), look("select documents, length from totals")) == (grown, totals)
    assert {row.term for row in grown} >= {"парк", "двор", "сквер"} and "светильники" not in {row.term for row in grown}


def test_new_words_are_there_to_be_meant_at_once(filled):
    filled.tend()
    filled.write([doc(4, "Набережная", "Велодорожки вдоль воды.")])
    assert filled.search(Query("велодорожкки")).suggestion == "велодорожки"
    filled.write([], removed=[4])
    assert filled.search(Query("велодорожкки")).suggestion is None


def test_the_count_of_a_word_is_exact_from_the_index_alone():
    for count in range(1, 11):
        [lexeme] = lexemes.marked(["двор"] * count, [])
        assert (f"'{lexeme}'", count) in lexemes.counted("двор")
        assert lexemes.term_of(lexeme) == "двор"
    assert list(lexemes.marked(["двор"] * 10_000, [])) == [f"двор/{lexemes.MARKS[-1]}"]


def test_documents_longer_than_a_tsvector_counts_are_found_by_their_last_words(index, look):
    long = " ".join(f"слово{number} раз раз" for number in range(9_000))
    index.write([doc(1, "Летопись", f"{long} жимолость цветёт в сентябре")])
    assert index.search(Query("жимолость")).total == 1
    assert not index.search(Query("«слово1 раз»")).loosened
    index.write([doc(2, "Свалка", " ".join(f"{number:064d}" for number in range(20_000)))])
    assert index.search(Query("свалка")).total == 1
    index.write([], removed=[1, 2])
    assert look("select count(*) from terms") == look("select count(*) from forms") == [(0,)]


def test_documents_without_words_are_found_by_their_filters(index):
    index.write([doc(1, "", "!"), doc(2, "и", "это")])
    assert index.search(Query("двор")).total == 0
    assert index.search(Query(filters={"kind": ["practice"]})).total == 2
    assert index.similar("и", "это") == []


def test_no_value_breaks_the_tables(index, look):
    odd = ["'", "\\", '"', "{a,b}", "null", "\x00", "\ud800", "a" * 5_000, "".join(map(chr, range(1_000, 9_000))), "%s", ":x", "", "🦄"]
    index.write([doc(1, "null NULL 'двор' \\ \x00 \ud800", "null \x00", author="О'Нил \x00", facets={"tag": odd, "place": odd})])
    assert index.search(Query("null")).total == 1
    for value in odd:
        assert index.search(Query(filters={"tag": [value]})).total == 1, value
        assert index.search(Query(filters={"place": [value]}, kinds=[value])).total == 0
    assert index.search(Query(filters={"author": ["о'нил"]})).total == 1
    assert index.complete("NULL дв") == [1]


def test_a_rebuild_leaves_one_index_and_a_broken_one_no_trace(filled, look):
    def broken():
        yield doc(8, "Парк")
        raise RuntimeError("the database went away")

    with pytest.raises(RuntimeError, match="went away"):
        filled.rebuild(broken())
    filled.rebuild([doc(9, "Дорога")])
    schema = filled._database.schema
    assert [row.nspname for row in look(f"select nspname from pg_namespace where nspname like '{schema}%'")] == [schema]


def test_an_index_of_another_release_wants_a_rebuild(index, look, postgresql):
    assert not index.ready()
    index.write([doc(1, "Парк")])
    assert index.ready()
    with create_engine(postgresql).begin() as connection:
        connection.execute(text(f"update {index._database.schema}.totals set release = 0"))
    assert not index.ready()
    index.rebuild([doc(1, "Парк")])
    assert index.ready()


def test_who_writes_during_a_rebuild_waits_for_the_new_index(filled, open_postgresql):
    other = open_postgresql()
    writing = threading.Thread(target=other.write, args=([doc(5, "Набережная")],))

    def slowly():
        yield doc(1, "Светлые дворы")
        writing.start()
        time.sleep(0.3)
        assert other.search(Query("набережная")).total == 0
        assert other.search(Query("парк")).total == 1

    filled.rebuild(slowly())
    writing.join(20)
    assert filled.versions().keys() == {1, 5}


def test_machines_index_by_turns(filled, postgresql):
    bind = create_engine(postgresql)
    with Session(bind) as one, Session(bind) as other, indexing._alone(one, lambda: True), pytest.raises(indexing.Busy):
        indexing.drain(other, filled, give_up=lambda: True)


def test_a_database_that_is_not_there_is_said(tmp_path):
    away = PostgresEngine(f"postgresql+psycopg://nobody@/nothing?host={tmp_path}")
    for ask in (lambda: away.search(Query("двор")), lambda: away.similar("двор", ""), lambda: away.complete("двор")):
        with pytest.raises(Unavailable):
            ask()


def test_a_search_that_would_wait_too_long_is_given_up(filled, postgresql):
    with psycopg.connect(postgresql.replace("+psycopg", "")) as holding:
        holding.execute(f"lock table {filled._database.schema}.documents in access exclusive mode")
        with pytest.raises(Unavailable):
            filled.search(Query("двор"))
    assert filled.search(Query("двор")).total == 1


def test_lost_connections_are_made_anew(filled, postgresql):
    assert filled.search(Query("двор")).total == 1
    with psycopg.connect(postgresql.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute("select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and datname is not null")
    assert filled.search(Query("двор")).total == 1


def test_a_question_costs_few_statements_however_many_its_words(filled, count_statements):
    few = count_statements(lambda: filled.search(Query("двор")))
    many = " ".join(f"слово{number}" for number in range(40))
    assert count_statements(lambda: filled.search(Query(f"{many} светильнеки парк"))) <= few + 2 <= 8


@pytest.fixture
def count_statements(filled):
    """How many statements the engine sends for some work."""
    said = []
    event.listen(filled._database._engine, "before_cursor_execute", lambda *args: said.append(args[2]))

    def go(work):
        said.clear()
        work()
        return len(said)

    return go
