"""Segments that are merged hold what their parts held, and there are never many."""

from bisect import bisect_right

import pytest
from whoosh.index import open_dir
from whoosh.reading import SegmentReader

from forum.search.port import Query
from forum.search.whoosh_engine import writer
from forum.search.whoosh_engine.merging import MOST
from forum.search.whoosh_engine.phrases import starts
from forum.search.whoosh_engine.schema import SCHEMA
from forum.search.whoosh_engine.whole import posting_lists
from tests.search.conftest import doc


@pytest.fixture
def opened(tmp_path):
    """The newest index that an engine keeps in the folder of a name."""

    def go(name):
        directory = tmp_path / name / (tmp_path / name / "CURRENT").read_text()
        return open_dir(directory, schema=SCHEMA), directory

    return go


@pytest.fixture
def held(opened):
    """All that an index holds of its living documents: by field, term, document and place how often."""

    def go(name):
        index, directory = opened(name)
        found = {}
        for segment in index._segments():
            reader = SegmentReader(index.storage, SCHEMA, segment)
            ids, lengths = (list(map(reader.column_reader(name, translate=False).__getitem__, range(reader.doc_count_all())))
                            for name in ("number", "length"))  # fmt: skip
            first = starts(lengths).tolist()
            for one in posting_lists(reader, directory):
                for often, number in zip(one.weights, one.docs, strict=True):
                    at, place = number, 0
                    if one.field == "places":
                        at = bisect_right(first, number) - 1
                        place = number - first[at]
                    if not segment.is_deleted(at):
                        found[one.field, one.term, ids[at], place] = often
            reader.close()
        return found

    return go


def practice(number, words="мост"):
    return doc(number, f"Мост номер {number}", f"Мост через реку, {words} и река " * (number % 3 + 1), facets={"region": [f"{number % 5}"]})


def test_what_many_commits_have_left_is_what_one_would_have_written(open_whoosh, held):
    many, one, newest = open_whoosh("many"), open_whoosh("one"), {}
    for number in range(60):
        gone = {number - 7} if number % 9 == 8 else set()
        for some in ([practice(number)], [practice(number // 2, "брод")]):
            many.write(some, removed=gone)
            newest |= {document.id: document for document in some}
            newest = {id: document for id, document in newest.items() if id not in gone}
    one.write(newest.values())
    assert held("many") == held("one")


def test_lists_longer_than_a_block_stay_whole(open_whoosh, held, monkeypatch):
    whole, cut = open_whoosh("whole"), open_whoosh("cut")
    whole.write([practice(number) for number in range(50)])
    monkeypatch.setattr(writer, "BLOCK", 8)
    for first in range(0, 50, 5):
        cut.write([practice(number) for number in range(first, first + 5)])
    assert held("cut") == held("whole")
    assert cut.search(Query("«мост через реку»")).total == 50


def test_phrases_are_found_where_documents_have_moved(open_whoosh):
    engine = open_whoosh("index")
    for number in range(40):
        engine.write([practice(number, f"улица номер{number} ведёт")], removed={number - 3} if number % 4 == 3 else set())
    left = set(range(40)) - {number - 3 for number in range(3, 40, 4)}
    found = [{hit.id for hit in engine.search(Query(f"«улица номер{number} ведёт»")).hits} for number in sorted(left)]
    assert found == [{number} for number in sorted(left)]
    assert engine.search(Query("«мост через реку»")).total == len(left)


def test_however_many_commits_there_are_few_segments(open_whoosh, opened):
    engine = open_whoosh("index")
    for number in range(120):
        engine.write([practice(number)])
    assert len(opened("index")[0]._segments()) <= 2 * (MOST + 1)
    assert engine.search(Query("мост")).total == 120


def test_what_a_killed_writer_has_left_goes_when_the_index_is_tended(open_whoosh, opened, tmp_path):
    engine = open_whoosh("index")
    engine.write([practice(1)])
    _, directory = opened("index")
    others = [directory.with_name("index-5-1-abandoned"), directory / ".lexicon-draft"]
    for folder in others:
        folder.mkdir()
        (folder / "half").write_text("")
    (directory / ".arrays-draft").write_text("")
    engine.tend()
    assert not any(folder.exists() for folder in others)
    assert not (directory / ".arrays-draft").exists()
    assert engine.search(Query("мост")).total == 1
