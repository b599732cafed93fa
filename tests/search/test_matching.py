"""Whether one document answers a question that waits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.search.matching import Contents, Question, key_of
from forum.search.synonyms import compile_groups
from tests.search.conftest import doc

SYNONYMS = compile_groups(["МКД, многоквартирный дом", "ЖКХ, жилищно-коммунальное хозяйство"])
YARDS = doc(
    1,
    "Тёплые дворы: ремонт без посредников",
    "Жители отремонтировали дворовые территории. Капитальный ремонт многоквартирных домов шёл год.",
    author="Мария Соколова",
    facets={"region": ["40"], "year": ["2023"], "tag": ["дворы"], "status": []},
)


@pytest.mark.parametrize(
    "text",
    [
        "двор", "ремонт двора", "ДВОРОВЫХ ТЕРРИТОРИЙ жителями", "теплый двор", "как и где ремонт", "территория-двор",
        "«капитальный ремонт»", "«ремонт многоквартирного дома»", "ремонт -школа", "двор -«ремонт школы»",
        "МКД", "капитальный ремонт МКД", "ldjhs", "ремонт ldjhjd", "htvjyn yf ldjht", "год:1999 двор",
    ],
)  # fmt: skip
def test_fits(text):
    assert Question(text, synonyms=SYNONYMS).fits(YARDS)


@pytest.mark.parametrize(
    "text",
    [
        "двор школа", "ремонт школы", "«ремонт двора»", "«капитальный ремонт» «двора дом»",
        "двор -житель", "ремонт -«капитальный ремонт»",
        "ЖКХ", "двор -МКД ремонта школ", "", " ", "и на", "-школа", "«»", "?!", "год:2023", "дврр", "\x00",
    ],
)  # fmt: skip
def test_does_not_fit(text):
    assert not Question(text, synonyms=SYNONYMS).fits(YARDS)


@pytest.mark.parametrize(
    ("filters", "fits"),
    [
        ({"region": ["40"]}, True),
        ({"region": ["69", "40"]}, True),
        ({"region": ["69"]}, False),
        ({"region": ["40"], "year": ["2023", "2022"]}, True),
        ({"region": ["40"], "year": ["2022"]}, False),
        ({"status": ["pilot"]}, False),
        ({"unheard": ["of"]}, False),
        ({"kind": ["practice"]}, True),
        ({"kind": ["comment", "person"]}, False),
        ({"author": ["соколова мария"]}, False),
        ({"author": ["МАРИЯ  Соколова"]}, True),
        ({"author": ["Соколова"]}, True),
        ({"region": []}, False),
        ({}, False),
    ],
)
def test_filters(filters, fits):
    assert Question("", filters).fits(YARDS) is fits
    assert Question("двор", filters).fits(YARDS) is (fits or not any(filters.values()))
    assert not Question("школа", filters).fits(YARDS)


def test_words_that_mean_nothing_fit_nothing_whatever_the_filters():
    assert not Question("и на", {"region": ["40"]}).fits(YARDS)
    assert Question("-школа", {"region": ["40"]}).fits(YARDS)
    assert not Question("-двор", {"region": ["40"]}).fits(YARDS)


def test_a_synonym_stands_for_the_whole_phrase_and_every_word_of_it():
    flats = doc(2, "Капремонт МКД")
    assert Question("капремонт многоквартирного дома", synonyms=SYNONYMS).fits(flats)
    assert not Question("капремонт многоквартирного дома").fits(flats)
    assert not Question("капремонт дома", synonyms=SYNONYMS).fits(flats)
    assert not Question("МКД", synonyms=SYNONYMS).fits(doc(3, "Дом культуры"))


def test_a_word_that_is_one_in_both_layouts_may_mean_either():
    assert Question("bim").fits(doc(4, "BIM для школ"))
    assert Question("njc", synonyms=compile_groups(["ТОС, территориальное общественное самоуправление"])).fits(doc(6, "ТОС и школа"))
    assert Question("ghfrnbrf").fits(doc(5, "Практика соседей"))


@pytest.mark.parametrize("text", ["двор", "ремонт двора", "МКД", "«капитальный ремонт» двора", "ремонт -школа", "ldjhs"])
def test_what_fits_has_one_of_each_set_it_needs(text):
    question = Question(text, {"region": ["40"]}, SYNONYMS)
    assert question.fits(YARDS)
    assert len(question.needs) >= 2
    assert all(needed & Contents(YARDS).keys for needed in question.needs)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("ремонт двора", {}), ("Дворов ремонты", {})),
        (("двор и ремонт", {}), ("ремонт двор двор", {})),
        (("двор", {"region": ["40", "69"], "year": []}), ("двор", {"region": ["69", "40", "40"]})),
        (("двор", {"author": ["Мария Соколова"]}), ("двор", {"author": ["мария соколова"]})),
        (("год:2023 двор", {}), ("двор", {})),
    ],
)
def test_the_same_question_has_one_key(one, other):
    assert key_of(*one) == key_of(*other)
    assert len(key_of(*one)) == 64


def test_different_questions_have_different_keys():
    asked = [
        ("ремонт двора", {}), ("ремонт", {}), ("«ремонт двора»", {}), ("ремонт -двора", {}), ("ремонт -«двора»", {"year": ["2023"]}),
        ("ремонт двора", {"region": ["40"]}), ("ремонт двора", {"year": ["40"]}), ("ремонт двора", {"region": ["40", "69"]}),
        ("ремонт двора", {"region": ["40"], "year": ["69"]}), ("", {"region": ["40"]}), ("", {}),
    ]  # fmt: skip
    assert len({key_of(*one) for one in asked}) == len(asked)


@given(st.text(max_size=80) | st.text("qwыж[];'-«»\" :", max_size=40))
def test_nothing_typed_is_an_error(text):
    Question(text, {"region": [text]}, SYNONYMS).fits(YARDS)
    assert len(key_of(text, {"author": [text]})) == 64
