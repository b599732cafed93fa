"""The shape of a card: what is taken, what is refused, and at which field."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forum.core.errors import Refused
from forum.practices.importing import Card, parse
from forum.practices.models import Indicator, Resource, Step
from forum.web.refusals import WORDS

LEAST = {"external_id": "a-1", "title": "Светлые дворы", "summary": "Заменили светильники."}


def problems(**row):
    """(field, code) of everything wrong with a row."""
    result = parse({**LEAST, **row})
    assert isinstance(result, list), "the row was accepted"
    return [(problem.field, problem.code) for problem in result]


def test_three_fields_are_enough():
    assert parse(LEAST) == Card("a-1", {"title": "Светлые дворы", "summary": "Заменили светильники."})


def test_every_field_comes_out_as_the_database_keeps_it():
    card = parse(
        LEAST
        | {
            "region": 1, "nomination": "3", "status": "Failed", "started": "2022-03", "finished": "2023-11", "valid_on": "2026-04-15",
            "costs": {"local": "1 200 000", "extra": 0, "federal": None}, "upkeep": 40000.0, "tags": ["двор", " "], "donor": "a-0",
            "steps": [{"what": "Обследовали", "who": "ЖКХ"}, {"what": "", "who": None}],
            "resources": [{"kind": "act", "what": "44-ФЗ"}],
            "indicators": [{"name": "Расход", "unit": "кВт·ч", "before": "12,5", "after": 6}],
            "problem": "Темно.\r\nОчень.", "goals": None,
        }
    )  # fmt: skip
    assert isinstance(card, Card)
    assert card.values["region"] == "01"
    assert (card.values["nomination"], card.values["status"]) == (3, "failed")
    assert card.values["valid_on"].isoformat() == "2026-04-15"
    assert card.values["costs"] == {"local": 1_200_000, "extra": 0, "federal": None}
    assert card.values["upkeep"] == 40_000
    assert card.values["tags"] == ["двор"]
    assert card.values["steps"] == [Step("Обследовали", who="ЖКХ")]
    assert card.values["resources"] == [Resource("act", "44-ФЗ")]
    assert card.values["indicators"] == [Indicator("Расход", "кВт·ч", 12.5, 6)]
    assert card.values["problem"] == "Темно.\nОчень."
    assert card.values["goals"] == ""


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"title": None}, ("title", "import.missing")),
        ({"external_id": "   "}, ("external_id", "import.missing")),
        ({"title": "д" * 251}, ("title", "import.too_long")),
        ({"title": "д" * 100_001}, ("title", "import.too_long")),
        ({"summary": "д" * 601}, ("summary", "import.too_long")),
        ({"title": ["список"]}, ("title", "import.text")),
        ({"problem": {"a": 1}}, ("problem", "import.text")),
        ({"solution": True}, ("solution", "import.text")),
        ({"region": "400"}, ("region", "import.region")),
        ({"region": True}, ("region", "import.region")),
        ({"nomination": "первая"}, ("nomination", "import.whole")),
        ({"nomination": 1.5}, ("nomination", "import.whole")),
        ({"status": "готово"}, ("status", "import.status")),
        ({"started": "03.2022"}, ("started", "import.month")),
        ({"started": "2022-13"}, ("started", "import.month")),
        ({"started": "0000-05"}, ("started", "import.month")),
        ({"started": "2023-03", "finished": "2022-03"}, ("finished", "import.order")),
        ({"valid_on": "вчера"}, ("valid_on", "import.day")),
        ({"valid_on": "2024-02-30"}, ("valid_on", "import.day")),
        ({"costs": 5}, ("costs", "import.object")),
        ({"costs": {"local": "много"}}, ("costs-local", "import.whole")),
        ({"costs": {"local": -1}}, ("costs-local", "import.whole")),
        ({"costs": {"local": 10**16}}, ("costs-local", "import.whole")),
        ({"costs": {"local": float("nan")}}, ("costs-local", "import.whole")),
        ({"costs": {"moon": 1}}, ("costs-moon", "import.source")),
        ({"tags": "двор"}, ("tags", "import.list")),
        ({"tags": ["д" * 41]}, ("tags-0", "import.too_long")),
        ({"tags": ["д"] * 21}, ("tags", "import.too_many")),
        ({"steps": ["шаг"]}, ("steps-0", "import.object")),
        ({"steps": [{"what": "Раз"}, {"who": "ЖКХ"}]}, ("steps-1-what", "import.missing")),
        ({"resources": [{"kind": "gold", "what": "x"}]}, ("resources-0-kind", "import.resource")),
        ({"indicators": [{"name": "Расход", "before": "мало"}]}, ("indicators-0-before", "import.figure")),
        ({"indicators": [{"name": "Расход", "on": "2024"}]}, ("indicators-0-on", "import.month")),
    ],
)
def test_what_is_wrong_is_told_with_its_field(row, expected):
    assert problems(**row) == [expected]


def test_all_faults_of_a_row_are_told_at_once():
    assert {field for field, _ in problems(title="", costs=[], started="давно")} == {"title", "costs", "started"}


@pytest.mark.parametrize("row", [None, 5, "строка", [], [LEAST]])
def test_a_row_that_is_no_object(row):
    assert [problem.code for problem in parse(row)] == ["import.row"]


def test_nothing_is_needed_where_a_card_is_only_changed():
    assert parse({"upkeep": 5}, needed=()) == Card(None, {"upkeep": 5})


def test_fields_nobody_knows_are_named():
    assert parse(LEAST | {"titel": "x"}).unknown == {"titel"}


ODD = ["2024-03", "40", "act", "\ud800", "9" * 5000]
PARTS = ["what", "kind", "name", "before", "local", "on"]
NAMES = "municipality region nomination status started finished costs upkeep problem tags steps resources indicators donor valid_on x"
NAMES = [*LEAST, *NAMES.split()]
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30) | st.sampled_from(ODD),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(PARTS) | st.text(max_size=5), inner, max_size=4),
    max_leaves=8,
)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(json_values, min_size=1, max_size=12))
def test_two_thousand_odd_rows_are_cards_or_problems_with_words(values):
    # Making values up is dear, reading a row is not: each of them is tried in every field.
    for first in range(len(NAMES)):
        is_a_card_or_says_why(LEAST | dict(zip(NAMES[first:] + NAMES[:first], values, strict=False)))


def is_a_card_or_says_why(row):
    result = parse(row)
    if isinstance(result, Card):
        assert result.values["title"] and result.values["summary"]
        json.dumps(result.values, default=str).encode()
        str(result.values).encode()  # nothing that UTF-8 can't take got through
    else:
        assert result
        for problem in result:
            assert isinstance(problem, Refused)
            str(WORDS[problem.code]) % problem.params
