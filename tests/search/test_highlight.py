"""Marks are put on the right words, in whole words, and nothing gets through unescaped."""

import re

from hypothesis import given
from hypothesis import strategies as st

from forum.search.analysis import tokens
from forum.search.highlight import WIDTH, mark, snippets
from forum.search.occurrences import ReadText, matches


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


def test_the_summary_stands_whole_where_the_passage_would_be_the_beginning():
    summary = "Парк у реки стал местом, куда ходят. " * 8
    text = f"{summary}\n" + "Разное. " * 100
    assert re.sub(r"</?mark>", "", snippets(text, set(tokens("парк")), summary)) == " ".join(summary.split())
    assert snippets(text, set(), summary) == " ".join(summary.split())


def test_sentences_go_before_rows_and_themes():
    rows = "\nЗакупка ламп\nРемонт двора\nКалуга\nдворы освещение"
    text = "Начали с малого. " * 30 + "Осветили двор у школы. " + "Потом пошло легче. " * 20 + rows
    assert "Осветили <mark>двор</mark> у школы." in snippets(text, set(tokens("двор освещение")), "Кратко.")


def test_rows_alone_are_shown_one_by_one_after_the_summary():
    text = "Начали с малого. " * 30 + "\nЗакупка ламп\nРемонт двора\nКалуга\nдворы и парки"
    shown = snippets(text, set(tokens("двор")), "Свет вернулся.")
    assert shown.startswith("Свет вернулся. … ") and "… Ремонт <mark>двора</mark>" in shown and "Закупка" not in shown


def test_a_passage_begins_with_its_sentence_and_ends_without_a_stray_sign():
    text = "Раз два три. " * 20 + "Сначала выбрали двор у школы, " + "и тут же начали, " * 20
    shown = snippets(text, set(tokens("двор")))
    assert shown.startswith("… Сначала выбрали <mark>двор</mark>") and not shown.endswith((",…", "….", "……"))


def test_words_of_one_root_inside_others_are_not_marked():
    assert "<mark>" not in mark("задворки подворье двор_1", set(tokens("двор")))
    assert mark("Двор-сад, (двор)", set(tokens("двор"))).count("<mark>") == 2


def test_composed_and_odd_letters_are_marked_as_they_stand():
    assert mark("И\u0306од и йод", set(tokens("йод"))).count("<mark>") == 2
    assert mark("İstanbul двор", set(tokens("двор"))) == "İstanbul <mark>двор</mark>"


@given(st.text(alphabet="двор ДВОРЫ ёе\u0301\u00ad.<йи\u0306_1", max_size=80))
def test_a_text_whose_words_are_known_gives_what_looking_at_it_gives(text):
    terms = set(tokens("двор дворы ве рыд"))
    assert ReadText(text).matches(terms) == matches(text, terms)


def test_a_question_about_another_word_of_a_text_seen_before_marks_that_one():
    text = "Отремонтировали двор. " + "Другие слова. " * 40 + "Рядом построили школу."
    assert "<mark>двор</mark>" in snippets(text, set(tokens("двор")))
    assert "<mark>школу</mark>" in snippets(text, set(tokens("школа")))
