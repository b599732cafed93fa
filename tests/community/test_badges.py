"""Badges: each for what its rule says, on the person's page only."""

import pytest

from forum.community.badges import MANY_ANSWERS, RULES, earned
from forum.practices.models import Indicator
from forum.practices.people import Record

NOTHING = {"practices": 0, "practice_ups": 0, "measured": 0, "failed": 0, "adapted": 0, "comments": 0, "comment_ups": 0, "supported": 0}


@pytest.mark.parametrize(
    ("numbers", "names"),
    [
        ({}, []),
        ({"practices": 1}, ["first_practice"]),
        ({"practices": 4}, ["first_practice"]),
        ({"practices": 5}, ["first_practice", "five_practices"]),
        ({"practices": 1, "measured": 1, "failed": 1}, ["first_practice", "with_figures", "honest"]),
        ({"practices": 2, "adapted": 1}, ["first_practice", "proved_useful"]),
        ({"comments": 500, "supported": MANY_ANSWERS - 1, "comment_ups": 900}, []),
        ({"comments": 20, "supported": MANY_ANSWERS}, ["answers_neighbours"]),
    ],
)
def test_a_badge_is_given_for_what_its_rule_says(numbers, names):
    assert earned(Record(**NOTHING | numbers)) == names


def given(page) -> list[str]:
    return ["".join(li.itertext()) for ul in page.tree.iter("ul") if ul.get("aria-label") == "Знаки" for li in ul]


def test_they_stand_on_the_page_of_who_earned_them(visit, make, session, votes):
    person, other = make.person("Ольга Крайнова"), make.person("Пётр Рядов")
    donor = make.practice("Светлые дворы", author=person, indicators=[Indicator("Расход", before=2, after=1)])
    make.practice("Фонари на батареях", author=person, status="failed")
    for number in range(MANY_ANSWERS):
        votes(make.comment(donor, f"Ответ {number}", author=person), 1)
    page = visit(f"/people/{person.handle}")
    assert given(page) == ["Первая практика", "Практика с показателями", "Честный опыт", "Отвечает соседям"]
    assert "/badges" in page.links()
    make.practice("Такие же дворы", author=person, donor_id=donor.id)
    assert "Проверенная польза" not in given(visit(f"/people/{person.handle}"))
    make.practice("Дворы по образцу", author=other, donor_id=donor.id)
    assert "Проверенная польза" in given(visit(f"/people/{person.handle}"))
    for address in (f"/practices/{donor.id}/{donor.slug}", "/", "/practices"):
        assert "Проверенная польза" not in visit(address).text


def test_a_badge_goes_with_what_it_stood_for(visit, make, session):
    practice = make.practice(status="failed")
    assert given(visit(f"/people/{practice.author.handle}")) == ["Первая практика", "Честный опыт"]
    practice.hide(by=make.actor(make.moderator()), reason="Реклама")
    session.commit()
    assert given(visit(f"/people/{practice.author.handle}")) == []


def test_the_rules_are_told(visit, visitor):
    assert len(list(visit("/badges").tree.iter("dt"))) == len(RULES) == 6
    assert all(rule.__doc__ for rule in RULES.values())
