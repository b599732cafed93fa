"""Words that mean the same, in both directions, over a real index."""

import pytest

from forum.search import highlight, loading
from forum.search.matching import Question
from forum.search.port import Query
from forum.search.synonyms import MOST_PHRASES, MOST_WORDS, compile_groups, parse, phrases
from tests.search.conftest import doc

KNOWN = compile_groups([
    "МКД, многоквартирный дом", "ТОС, территориальное общественное самоуправление",
    "ЖКХ; жилищно-коммунальное хозяйство = коммунальное хозяйство", "СОНКО, социально ориентированная некоммерческая организация",
])  # fmt: skip


@pytest.fixture
def found(index):
    """The ids that a question finds with the list at hand, best first."""
    return lambda text, **more: [hit.id for hit in index.search(Query(text, synonyms=KNOWN, **more)).hits]


def test_an_abbreviation_finds_the_words_and_the_words_the_abbreviation(index, found, ask):
    index.write([doc(1, "Ремонт МКД"), doc(2, "Ремонт многоквартирных домов"), doc(3, "Дом дружбы"), doc(4, "Парк")])
    assert found("МКД") == [1, 2]
    assert found("в многоквартирном доме")[:2] == [2, 1]
    assert ask("МКД") == [1]


def test_the_own_word_ranks_above_its_synonym_however_rare_that_is(index, found):
    index.write([
        *(doc(number, f"МКД номер {number}", "Двор и подъезд.") for number in range(1, 31)),
        doc(50, "Многоквартирный дом номер", "Двор и подъезд."), doc(60, "Парк"), doc(61, "Многоквартирный сарай"),
    ])  # fmt: skip
    assert found("МКД", limit=50)[-1] == 50
    assert found("многоквартирный дом", limit=50)[0] == 50


def test_more_words_of_the_question_still_count_more(index, found):
    index.write([doc(1, "Ремонт многоквартирных домов"), doc(2, "Субботник у МКД"), doc(3, "Ремонт дороги")])
    assert found("ремонт МКД")[0] == 1
    assert set(found("ремонт МКД", sort="new")) == {1}


def test_the_longest_phrase_counts_and_what_lies_within_it_does_not(index, found):
    assert [(start, end) for start, end, _ in KNOWN.of(["жилищн", "коммунальн", "хозяйств", "тос"])] == [(0, 3), (3, 4)]
    parks = [doc(number, f"Парк {number}") for number in range(10, 30)]
    index.write([doc(1, "Практика ЖКХ"), doc(2, "Жилищно-коммунальное хозяйство"), doc(3, "Хозяйство фермера"), *parks])
    assert found("жилищно-коммунальное хозяйство")[:2] == [2, 1]
    assert found("коммунальное хозяйство")[:2] == [2, 1]


def test_both_are_marked(index):
    index.write([doc(1, "Ремонт многоквартирных домов"), doc(2, "Ремонт МКД")])
    terms = index.search(Query("МКД", synonyms=KNOWN)).terms
    assert highlight.mark("В МКД и многоквартирных домах", terms) == (
        "В <mark>МКД</mark> и <mark>многоквартирных</mark> <mark>домах</mark>"
    )  # fmt: skip


def test_exclusions_and_phrases_are_taken_literally(index, found):
    index.write([doc(1, "Ремонт МКД"), doc(2, "Ремонт многоквартирных домов"), doc(3, "Дом многоквартирный")])
    assert found("ремонт -МКД") == [2]
    assert found("ремонт -«многоквартирный дом»") == [1]
    assert found("«многоквартирный дом»") == [2]
    assert found('"МКД"') == [1]


def test_a_word_of_the_list_is_no_typing_error(index, found):
    index.write([doc(1, "Социально ориентированные некоммерческие организации"), doc(2, "Санки и окно")])
    index.tend()
    assert found("СОНКО") == [1]
    assert index.search(Query("СОНКО", synonyms=KNOWN)).suggestion is None


def test_a_slip_in_a_word_of_a_phrase_keeps_its_synonyms(index, found):
    index.write([doc(1, "Ремонт МКД"), doc(2, "Многоквартирный сарай"), doc(3, "Парк")])
    index.tend()
    assert set(found("многаквартирный дом")) == {1, 2}


def test_nobody_has_written_of_what_only_a_part_of_its_synonym_speaks_of(index):
    index.write([doc(number, f"Дом {number}", "Парковка" if number == 1 else "Крыша") for number in range(1, 20)])
    assert index.search(Query("МКД парковка", synonyms=KNOWN)).coverage < 0.7


def test_dictionary_forms_need_no_list(index, ask):
    index.write([doc(1, "Дети в парке"), doc(2, "Ребёнок и школа"), doc(3, "Люди у реки"), doc(4, "Человек и город"), doc(5, "Озеро")])
    assert set(ask("ребенка")) == set(ask("детям")) == {1, 2}
    assert set(ask("человеку")) == set(ask("людьми")) == {3, 4}


def test_waiting_questions_know_the_list_too():
    assert Question("МКД", synonyms=KNOWN).fits(doc(1, "Ремонт многоквартирных домов"))
    assert Question("ремонт многоквартирного дома", synonyms=KNOWN).fits(doc(1, "Ремонт МКД"))


@pytest.mark.parametrize("words", [
    "", ",,,", "!!!, ???", "и, или", "один", "\x00, \ud800", "а " * 500, ", ".join(map(str, range(500))), "=" * 9999,
])  # fmt: skip
def test_any_group_is_compiled_and_none_does_harm(words, index):
    known = compile_groups([words, "МКД, многоквартирный дом"])
    index.write([doc(1, "Ремонт многоквартирных домов")])
    assert [hit.id for hit in index.search(Query("МКД", synonyms=known)).hits] == [1]
    assert known.longest <= MOST_WORDS and all(len(same) < MOST_PHRASES for same in known.others.values())


def test_the_list_of_the_site_is_careful(index):
    """Each group says at least two things, none says what another does, and no expression shrinks to one broad word."""
    groups = loading.groups()
    meant = [phrases(words) for words in groups]
    assert len(groups) >= 60
    assert all(len(one) == len(parse(words)) >= 2 for words, one in zip(groups, meant, strict=True))
    assert sum(map(len, meant)) == len({phrase for one in meant for phrase in one})
    sizes = {member: len(phrase) for one in meant for phrase, member in one.items()}
    assert [member for member, size in sizes.items() if not 1 + (" " in member) <= size <= MOST_WORDS] == []


def test_every_member_of_the_sites_list_finds_the_others(index):
    groups = [parse(words) for words in loading.groups()]
    known = compile_groups(loading.groups())
    index.write([doc(number, f"Практика: {members[-1]}", "Разное.") for number, members in enumerate(groups, 1)])
    for number, members in enumerate(groups, 1):
        for member in members:
            hits = index.search(Query(member.replace("«", "").replace("»", ""), synonyms=known)).hits
            assert number in [hit.id for hit in hits][:3], (member, [groups[hit.id - 1] for hit in hits])
