"""Marks are put on the right words, in whole words, and nothing gets through unescaped."""

import re

from forum.search.analysis import tokens
from forum.search.highlight import WIDTH, mark, snippets


def test_other_forms_are_marked():
    assert mark("Освещение дворов и парков", set(tokens("двор"))) == "Освещение <mark>дворов</mark> и парков"
    assert mark("Люди у ёлки", set(tokens("человек елка"))) == "<mark>Люди</mark> у <mark>ёлки</mark>"
    assert mark("Благоустро\u0301йство", set(tokens("благоустройство"))) == "<mark>Благоустро\u0301йство</mark>"


def test_text_is_escaped():
    assert mark("<b>двор</b> & \"двор\"", set(tokens("двор"))).count("<mark>двор</mark>") == 2
    assert "<b>" not in mark("<b>двор</b>", set(tokens("двор")))
    assert "&lt;script&gt;" in snippets("<script>alert(1)</script> двор", set(tokens("двор")))


def test_a_snippet_is_cut_between_words_around_the_densest_place():
    text = "начало " * 100 + "ремонт двора и освещение двора у школы " + "конец " * 100 + "двор"
    shown = snippets(text, set(tokens("ремонт двор школа")))
    plain = re.sub(r"</?mark>", "", shown)
    assert "<mark>ремонт</mark> <mark>двора</mark>" in shown
    assert plain.startswith("… ") and plain.endswith("…")
    assert set(plain.replace("…", " ").split()) <= set(text.split())
    assert len(plain) < 2 * WIDTH + 20


def test_a_second_passage_shows_the_words_the_first_lacks():
    text = "Парк у реки. " + "Разное " * 100 + "Дорога к школе."
    shown = snippets(text, set(tokens("парк дорога")))
    assert "<mark>Парк</mark>" in shown and "<mark>Дорога</mark>" in shown
    assert " … " in shown


def test_without_a_match_the_text_begins_at_its_beginning():
    shown = snippets("Слова " * 100, {"двор"})
    assert shown.startswith("Слова Слова") and shown.endswith("…") and "<mark>" not in shown
    assert snippets("Коротко", set()) == "Коротко"
    assert snippets("", set()) == ""


def test_one_endless_word_does_no_harm():
    assert len(snippets("ж" * 100_000, {"двор"})) < 1000
    assert "<mark>двор</mark>" in snippets("двор" + " " + "ж" * 5000, {"двор"})
