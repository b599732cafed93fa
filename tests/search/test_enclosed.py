"""Words of documents that belong to an entry: both engines find it by them, after all that say so themselves."""

import pytest

from forum.search.port import Query
from tests.search.conftest import doc

OWN = doc(1, "Наружный свет", "Каждый кронштейн заменили новым.")
PAPERED = doc(2, "Светлые дворы", "Заменили светильники.", days=5, score=9, enclosed="Кронштейн оцинкованный КТ-4, опора. " * 40)
PLAIN = doc(3, "Парк у реки", "Посадили деревья.", enclosed="Светильники паркового типа.")


@pytest.fixture
def filled(index):
    index.write([OWN, PAPERED, PLAIN, *(doc(number, f"Двор {number}", "Скамейки и качели.") for number in range(10, 30))])
    return index


def test_what_an_entry_says_comes_before_what_its_documents_say(filled, ask):
    assert ask("кронштейны") == [1, 2]
    assert ask("светильники") == [2, 3]
    assert ask("опора оцинкованная") == [2]


def test_a_hit_tells_that_it_was_found_by_its_documents(filled):
    hits = {hit.id: hit.enclosed for hit in filled.search(Query("кронштейн")).hits}
    assert hits == {1: False, 2: True}
    assert [hit.enclosed for hit in filled.search(Query("скамейки")).hits] == [False] * 20


def test_a_word_that_only_documents_have_is_no_typing_error(filled):
    assert filled.search(Query("кт-4")).suggestion is None
    assert filled.search(Query("КТ4х")).hits == []


def test_documents_neither_exclude_an_entry_nor_make_it_like_another(filled, ask):
    assert ask("светильники -кронштейн") == [2, 3]
    like = filled.similar("Кронштейн", "Кронштейн оцинкованный.")
    assert [hit.id for hit in like] == [1]


def test_words_of_both_together_are_all_the_words(filled, ask):
    assert ask("светильники кронштейн", sort="new") == [2]
    assert filled.search(Query("светильники кронштейн")).coverage == 1.0


def test_documents_that_are_removed_find_nothing_any_more(filled, ask):
    filled.write([doc(2, "Светлые дворы", "Заменили светильники.", version=2, days=5)])
    assert ask("кронштейны") == [1] and ask("оцинкованный") == []


def test_a_rebuilt_index_has_them_too(index, ask):
    index.rebuild([OWN, PAPERED])
    assert ask("оцинкованный") == [2] and ask("кронштейн") == [1, 2]
