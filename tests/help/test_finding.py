"""Finding in the help, and the help beside what the site's search has found."""

import pytest

from forum.help.matching import Match, beside, find
from tests.counting import counted


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("как обжаловать решение", "moderation"),
        ("обжалования решений", "moderation"),
        ("жалобой", "moderation"),
        ("показателей", "writing"),
        ("реклама", "rules"),
        ("клавиш", "keys"),
        ("rkfdbib", "keys"),
        ("отписаться от писем", "letters"),
        ("кавычках", "search"),
        ("appealing", "moderation"),
        ("unsubscribe", "letters"),
    ],
)
def test_other_forms_of_a_word_find_the_page(question, topic):
    assert find(question)[0].topic == topic


def test_what_is_found_leads_to_the_section(visitor):
    opened = visitor.open("/help?q=неудачи")
    assert "/help/writing#failures" in opened.links()


def test_what_the_help_does_not_know_is_said_and_the_contents_stay(visitor):
    opened = visitor.open("/help?q=абракадабраще")
    assert "В справке этого нет" in opened.words and "/help/rules" in opened.links()
    for odd in ("%00", "%D0", "x" * 5000, "((( *** ~~~", "«", "%F0%9F%98%80"):
        visitor.open(f"/help?q={odd}")


@pytest.mark.parametrize("question", ["жалоба", "как пожаловаться", "правила", "горячие клавиши", "обжаловать решение", "how to appeal"])
def test_a_question_about_the_site_is_answered_beside_the_results(question):
    assert beside(question)


@pytest.mark.parametrize("question", ["освещение дворов", "вывоз снега", "практика", "ремонт дорог", "жалобы на дороги", "деньги", "", "и"])
def test_a_question_about_anything_else_is_left_alone(question):
    assert beside(question) == []


def test_the_results_page_names_the_help_and_asks_the_database_no_more_for_it(app, make, visitor, indexed):
    make.practice("Жалоба на жалобы")
    indexed()
    assert "/help/moderation" in visitor.open("/search?q=жалоба").links()
    assert "В справке" not in visitor.open("/search?q=светильник").words
    visitor.open("/search?q=жалоба&page=2")
    with counted(app) as statements:
        assert beside("жалоба") == [Match("moderation")]
    assert statements == []
