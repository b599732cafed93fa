"""What only an index in files can get wrong."""

import os
from pathlib import Path

import pytest

from forum.search import analysis, occurrences
from forum.search.analysis import mark, token, tokens, words
from forum.search.highlight import snippets
from forum.search.port import Query
from forum.search.whoosh_engine import filling, segments
from tests.search.conftest import doc


def held(folder):
    """Files below a folder that this process has open or mapped."""
    opened = [os.readlink(link) for link in Path("/proc/self/fd").iterdir() if link.is_symlink()]
    mapped = [line.split(maxsplit=5)[5] for line in Path("/proc/self/maps").read_text().splitlines() if str(folder) in line]
    return {name for name in opened + mapped if name.startswith(str(folder))}


def test_the_folder_is_private_and_a_failed_rebuild_leaves_nothing_in_it(open_whoosh, tmp_path):
    engine = open_whoosh()
    engine.write([doc(1, "Парк")])
    assert (tmp_path / "index").stat().st_mode & 0o077 == 0

    def broken():
        yield doc(8, "Парк")
        raise RuntimeError("the database went away")

    with pytest.raises(RuntimeError, match="went away"):
        engine.rebuild(broken())
    assert len(list((tmp_path / "index").glob("index-*"))) == 1


def test_many_documents_are_written_by_a_process_beside_segment_by_segment(open_whoosh, tmp_path, monkeypatch):
    for name, size in {"ALONE": 3, "CHUNK": 2, "SEGMENT": 4}.items():
        monkeypatch.setattr(filling, name, size)
    engine = open_whoosh()
    assert engine.rebuild(doc(number, f"Парк номер {number}") for number in range(1, 11)) == 10
    assert engine.versions() == dict.fromkeys(range(1, 11), 1)
    assert sorted(hit.id for hit in engine.search(Query("парки")).hits) == list(range(1, 11))
    assert len(engine._store.index()._segments()) == 3  # of five, of four, and the last


def test_who_goes_over_to_a_newer_index_lets_go_of_the_older_and_who_closes_of_all(open_whoosh, tmp_path):
    engine = open_whoosh()
    for step in (
        lambda: engine.write([doc(1, "Парк"), doc(2, "Двор и парк")]),
        lambda: engine.write([doc(3, "Парк у реки")], removed=[1]),
        engine.tend,
        lambda: engine.rebuild([doc(4, "Парк"), doc(5, "Двор")]),
    ):
        step()
        assert engine.search(Query("парк")).total
        engine.similar("Парк", "Двор"), engine.complete("пар"), engine.versions()
        assert held(tmp_path) and not [name for name in held(tmp_path) if name.endswith("(deleted)")]
    engine.close()
    assert held(tmp_path) == set()


def test_the_terms_of_all_words_are_on_disk_as_the_dictionary_gives_them(open_whoosh):
    text = "Дети и люди у площадок, ёлки во дворах: 25 cities, бурдокаловость и площадка"
    engine = open_whoosh()
    engine.write([doc(1, "Парки", text)])
    engine.tend()
    with engine._store.snapshot() as snapshot:
        known = snapshot.lexicon
    assert {word: known.term(word) for word in words(text)} == {word: token(word) for word in words(text)}
    # Before, between, after, a part and a whole of known ones.
    assert [known.term(word) for word in ("", "0", "а", "площад", "площадкам", "яяя", "𝔛")] == [None] * 7


def test_the_marks_of_many_words_at_once_are_those_of_their_terms(open_whoosh):
    engine, text = open_whoosh(), "Дети и люди у площадок, ёлки во дворах: 25 cities, бурдокаловость и площадка"
    engine.write([doc(1, "Парки", text)])
    engine.tend()
    with engine._store.snapshot() as snapshot:
        known = snapshot.lexicon
    some = [*words(text), "нездешнее", "площадкам", "", "𝔛"]
    assert known.marks(some) == [mark(token(word)) for word in words(text)] + [0] * 4
    assert analysis.marks(some) == [mark(token(word)) for word in some], "the dictionary says what the index does not"
    assert known.marks([]) == []


def test_words_whose_keys_clash_are_left_to_the_dictionary(open_whoosh):
    one, other = "вонисулами", "лиропагах"  # of one CRC-32, and of different terms
    engine = open_whoosh()
    engine.write([doc(1, one, other)])
    engine.tend()
    with engine._store.snapshot() as snapshot:
        assert snapshot.lexicon.marks([one, other]) == [0, 0]
    assert analysis.marks([one, other]) == [mark(token(one)), mark(token(other))]
    assert mark(token(one)) != mark(token(other))


def test_a_process_that_has_yet_to_be_asked_reads_the_commonest_words_and_the_longest_lists(open_whoosh, monkeypatch):
    engine = open_whoosh()
    engine.write([doc(number, "Парк", f"двор и площадка{'' if number > 2 else ' фонарь'}") for number in range(1, 5)])
    engine.tend()
    with engine._store.snapshot() as snapshot:
        assert snapshot.lexicon.commonest(3) == ["двор", "парк", "площадка"] and snapshot.lexicon.commonest(9)[3:] == ["фонарь"]
    engine.close()
    engine.prepare()
    kept = segments.read
    monkeypatch.setattr(segments, "read", lambda reader, field, term: pytest.fail(term) if field == "text" else kept(reader, field, term))
    assert engine.search(Query("площадка двор")).total == 4
    monkeypatch.setattr(occurrences, "marks", lambda some: pytest.fail(f"{some} are looked up anew"))
    assert snippets("Двор и площадка", set(tokens("двор"))) == "<mark>Двор</mark> и площадка"


def test_terms_come_from_the_newest_index_until_it_is_closed(open_whoosh, monkeypatch):
    engine, expected = open_whoosh(), token("бурдокаловостям")
    engine.write([doc(1, "Парк", "бурдокаловостям")])
    engine.tend()
    assert engine.search(Query("парк")).total
    monkeypatch.setattr(analysis, "_worked_out", lambda word: "из словаря")
    analysis.token.cache_clear()
    assert analysis.token("бурдокаловостям") == expected
    assert analysis.token("бурдокаловостями") == "из словаря"
    engine.close()
    analysis.token.cache_clear()
    assert analysis.token("бурдокаловостям") == "из словаря"
    analysis.token.cache_clear()
