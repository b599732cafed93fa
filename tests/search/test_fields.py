"""Filters typed in the box: from names as people write them to values."""

import pytest

from forum.places.models import Region
from forum.search.fields import each, resolve, unknown
from forum.search.query import parse, with_words, without_some


@pytest.fixture
def meant(session, make):
    """`meant("регион:…")`: the values by filter, with some regions, nominations and tags known."""
    for code, name, name_en, capital in (
        ("40", "Калужская область", "Kaluga Oblast", "Калуга"), ("50", "Московская область", "Moscow Oblast", "Москва"),
        ("77", "Москва", "Moscow", "Москва"), ("06", "Республика Ингушетия", "Republic of Ingushetia", "Магас"),
        ("11", "Республика Коми", "Komi Republic", "Сыктывкар"),
    ):  # fmt: skip
        number = int(code)
        session.add(Region(code=code, name=name, name_en=name_en, district="central", capital=capital, abbr=code, tile_x=number, tile_y=0))
    session.commit()
    make.nomination(1)
    make.practice("Двор", tags=["Дворы", "чистый город"])
    return lambda text: resolve(session, parse(text).fields)


@pytest.mark.parametrize(
    ("typed", "values"),
    [
        ("регион:40", {"region": ["40"]}),
        ("регион:калужская", {"region": ["40"]}),
        ("регион:«калуж обл»", {"region": ["40"]}),
        ("region:Kaluga", {"region": ["40"]}),
        ("регион:Калуга", {"region": ["40"]}),  # by its capital
        ("регион:Сыктывкар регион:77", {"region": ["11", "77"]}),
        ("регион:Москва", {"region": ["77"]}),  # a region of that name goes before one with that capital
        ("регион:республика", {"region": ["06", "11"]}),
        ("номинация:1", {"nomination": ["1"]}),
        ("номинация:«номинация 1»", {"nomination": ["1"]}),
        ("nomination:nomination", {"nomination": ["1"]}),
        ("тег:дворы тег:«Чистый город»", {"tag": ["dvory", "chistyy-gorod"]}),
        ("тег:dvory", {"tag": ["dvory"]}),
        ("статус:пилотный статус:неудача", {"status": ["pilot", "failed"]}),
        ("статус:внедрена статус:внед", {"status": ["implemented"]}),
        ("статус:failed", {"status": ["failed"]}),
        ("год:2023 автор:«Мария Соколова»", {"year": ["2023"], "author": ["Мария Соколова"]}),
        # The switch was forgotten, for all of it, for the name or for the value.
        ("htubjy:Калуга", {"region": ["40"]}),
        ("регион:Rfkeuf", {"region": ["40"]}),
        ("htubjy^rfke;crfz", {"region": ["40"]}),
        ("регион:«rfke; j,k»", {"region": ["40"]}),
        ("ntu:ldjhs cnfnec:gbkjn", {"tag": ["dvory"], "status": ["pilot"]}),
        ("ujl^2023", {"year": ["2023"]}),
        ("год:2022-2024 год:2021", {"year": ["2022", "2023", "2024", "2021"]}),
        ("год:2022–2024", {"year": ["2022", "2023", "2024"]}),
        ("год:2024-2022", {"year": ["2024-2022"]}),
        ("автор:«Vfhbz Cjrjkjdf» fdnjh:Smith автор:Bob", {"author": ["Мария Соколова", "Smith", "Bob"]}),
        ("купшщт:Kaluga", {"region": ["40"]}),
    ],
)
def test_values_are_found_by_the_names_people_use(meant, typed, values):
    assert meant(f"двор {typed}") == values


UNKNOWN = ["регион:Нарния", "номинация:лучшая", "статус:мечта", "статус:***", "тег:единороги", "год:позавчера", "регион:***"]


@pytest.mark.parametrize("typed", UNKNOWN)
def test_what_there_is_not_stays_as_it_was_typed_and_can_be_named(session, meant, typed):
    value = typed.partition(":")[2]
    asked = parse(typed).fields
    assert list(meant(typed).values()) == [[value]]
    assert unknown(meant(typed), asked) == [value]


def test_known_values_are_not_called_unknown(meant):
    typed = "регион:Калуга номинация:1 статус:пилот тег:дворы год:2023 автор:Никто"
    assert unknown(meant(typed), parse(typed).fields) == []


def test_each_filter_keeps_its_own_values(session, meant):
    assert each(session, parse("регион:республика регион:40 год:2020").fields) == [
        (("region", "республика"), ["06", "11"]), (("region", "40"), ["40"]), (("year", "2020"), ["2020"]),
    ]  # fmt: skip


def test_filters_can_be_taken_out_of_a_question_one_by_one():
    text = "двор регион:40 «умный город» год:«2023» -парк регион: 69"
    assert without_some(text, {0}) == "двор «умный город» год:«2023» -парк регион: 69"
    assert without_some(text, {1, 2}) == "двор регион:40 «умный город» -парк"
    assert without_some(text, set()) == text


def test_other_words_keep_the_filters_and_exclusions():
    assert with_words("двоор регион:40 -парк «умный гоорд»", "двор умный город") == "двор умный город регион:40 -парк"
    assert with_words("двоор", "двор") == "двор"
