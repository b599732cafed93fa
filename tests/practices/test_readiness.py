"""What a card still leaves open: counted by names of fields, shown without a script too."""

from forum.practices.readiness import QUESTIONS, readiness
from tests.practices.cards import card


def open_names(**fields):
    return [question.name for question in readiness({name: [value] for name, value in fields.items()}).open]


def test_an_empty_card_answers_nothing():
    found = readiness({})
    assert found.answered == 0 and found.total == len([one for one in QUESTIONS if not one.status]) == 16
    assert readiness({"status": ["failed"]}).total == len(QUESTIONS) == 18


def test_spaces_answer_nothing_and_any_row_or_source_answers():
    before = open_names(title="Дворы", lessons="  ")
    assert "title" not in before and "lessons" in before and "steps" in before
    after = open_names(**{"steps-7-what": "Обошли дворы", "costs-extra": "0", "indicators-0-before": "1"})
    assert not {"steps", "costs"} & set(after) and "indicators" in after


def test_the_form_and_the_preview_show_it_without_a_script(make, sign_in, visitor):
    make.place("Обнинск")
    make.nomination(1)
    sign_in(make.person())
    visitor.post("/practices/new", 303, data=card(action="draft"))
    page = visitor.open("/practices/new")
    assert "Готовность карточки: 1 из 16" in page.words  # the writer's own municipality stands there
    shown = visitor.post("/practices/new", 200, data=card(action="preview")).words
    assert "Готовность карточки: 7 из 16" in shown and "Что пошло не так?" in shown
