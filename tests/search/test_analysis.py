"""Words that people take for the same are the same term."""

import subprocess
import sys

import pytest

from forum.search.analysis import all_words, grams, token, tokens, words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("дети", "ребёнок"), ("люди", "человек"), ("площадка", "площадок"), ("парк", "парки"), ("ёлка", "елками"),
        ("благоустро\u0301йство", "БЛАГОУСТРОЙСТВА"), ("во\u00adдо\u00adснаб\u00adже\u00adние", "водоснабжением"),
        ("двора", "дворов"), ("cities", "city"), ("пои\u0306дёт", "пойдет"), ("му\u200bсор", "мусора"),
    ],
)
def test_forms_of_a_word_are_one_term(one, other):
    assert tokens(one) == tokens(other) != []


@pytest.mark.parametrize(("one", "other"), [("парк", "парковка"), ("дом", "дорога"), ("вода", "водитель")])
def test_different_words_stay_different(one, other):
    assert tokens(one) != tokens(other)


def test_stop_words_bear_no_meaning_but_count_for_titles():
    assert words("Как мы и что это было") == []
    assert all_words("И вот ёж") == ["и", "вот", "еж"]


def test_what_no_dictionary_knows_is_stemmed():
    assert token("бурдокаловость") == token("бурдокаловости")


def test_endless_words_are_cut():
    assert [len(word) for word in words("ж" * 10_000)] == [64]


def test_pieces_of_words():
    assert grams(["парк", "дороги", "я"]) == ["парк", "доро", "орог", "роги", "я"]


def test_the_dictionary_is_not_loaded_before_it_is_needed():
    code = "import forum.search.analysis as a, forum.search.whoosh_engine; print(a._morphology.cache_info().currsize)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "0"


def test_letters_without_a_name_are_words_like_others():
    assert tokens("𗀀𗀁 двор") == ["𗀀𗀁", "двор"]
