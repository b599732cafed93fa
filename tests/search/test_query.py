"""The search box takes anything."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.search.query import MAX_LENGTH, parse, without_fields


def test_words_phrases_and_exclusions():
    asked = parse('дворы «умный город» "точно так" -парк -«новый год»')
    assert asked.words == ("дворы", "умный", "город", "точно")
    assert asked.phrases == ("умный город", "точно так")
    assert asked.excluded == ("парк", "новый год")


def test_a_dash_and_a_hyphen_exclude_nothing():
    asked = parse("Обнинск - город-герой – нет")
    assert asked.excluded == ()
    assert asked.words == ("обнинск", "город", "герой")


def test_fields_are_filters():
    asked = parse("свет год:2023 тег: дворы автор:«Мария Соколова» http://example.org Регион:40")
    assert asked.fields == (("year", "2023"), ("tag", "дворы"), ("author", "Мария Соколова"), ("region", "40"))
    assert asked.words == ("свет", "http", "example", "org")


def test_unclosed_quotes_are_no_phrase():
    assert parse("«умный город").phrases == ()
    assert parse("«умный город").words == ("умный", "город")


def test_long_questions_are_cut_and_say_so():
    asked = parse("слово " * 1000)
    assert asked.cut
    assert len(asked.text) <= MAX_LENGTH
    assert not parse("слово " * 10).cut


@pytest.mark.parametrize("text", ["", "   ", "-", "«»", '"', "((((", "[TO", "a~~~", "\x00", "\ud800"])
def test_signs_alone_are_no_words(text):
    assert set(parse(text).words) <= {"to", "a"}


@given(st.text(max_size=300))
def test_nothing_typed_is_an_error(text):
    asked = parse(text)
    assert len(asked.words) <= 60


@given(st.text('ыж"«»„“-: ', max_size=12), st.sampled_from(["год:2023", 'тег:"дворы"', "-регион:40"]), st.text('ыж"«»„“-: ', max_size=12))
def test_filters_can_be_taken_out_of_what_was_typed(before, field, after):
    typed = f"{before} {field} {after}"
    rest = parse(without_fields(typed))
    assert rest.fields == ()
    assert (rest.words, rest.phrases, rest.excluded) == (parse(typed).words, parse(typed).phrases, parse(typed).excluded)


def test_a_dash_before_a_word_excludes_as_a_minus_does():
    for sign in "-–—−":
        assert parse(f"дворы {sign}снег").excluded == ("снег",)
    assert parse("дворы – снег").excluded == ()


def test_a_filter_with_a_minus_excludes_its_words():
    asked = parse("дворы -регион:Калужская")
    assert (asked.fields, asked.excluded, asked.words) == ((), ("Калужская",), ("дворы",))


def test_signs_that_ask_for_nothing_are_told_from_no_question():
    assert [parse(text).everything for text in ('""', "«»", '"', "год:2023", "-снег", "")] == [False, False, False, True, True, True]


def test_a_status_of_two_words_is_taken_whole_without_quotes():
    asked = parse("парк статус:не сработало дворы")
    assert (asked.fields, asked.text) == ((("status", "не сработало"),), "парк дворы")
    assert parse("status:Не сработала").fields == (("status", "Не сработала"),)
    assert (parse("статус:не сработает").fields, parse("статус:не сработает").text) == ((("status", "не"),), "сработает")


@pytest.mark.parametrize(
    ("typed", "region", "rest"),
    [
        ("регион:калужская область двор", "калужская область", "двор"),
        ("двор регион:Республика Карелия", "Республика Карелия", "двор"),
        ("регион:Ненецкий автономный округ олени", "Ненецкий автономный округ", "олени"),
        ("регион:Калужская округ", "Калужская", "округ"),
        ("регион:40 область", "40", "область"),
    ],
)
def test_a_regions_name_is_taken_whole_without_quotes(typed, region, rest):
    asked = parse(typed)
    assert (asked.fields, asked.text, without_fields(typed)) == ((("region", region),), rest, rest)
