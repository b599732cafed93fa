"""A template of a reason is put into the text at once, where the moderator can change it."""

import pytest

pytestmark = pytest.mark.xdist_group("site")


def test_a_template_stands_before_what_was_typed_and_another_takes_its_place(arrive):
    page = arrive("moderator")
    page.goto("/people/kedrov/warning")  # nobody signs in as him
    reason, choice = page.get_by_label("Причина", exact=True), page.get_by_label("Готовая причина")
    reason.fill("Второй раз за день.")
    choice.select_option(label="Оскорбления")
    assert reason.input_value().startswith("Правило «Уважайте собеседника»") and reason.input_value().endswith("\n\nВторой раз за день.")
    choice.select_option(label="Повторные нарушения")
    assert "Уважайте собеседника" not in reason.input_value() and reason.input_value().endswith("\n\nВторой раз за день.")
    choice.select_option(label="Без шаблона")
    assert reason.input_value() == "Второй раз за день."
    choice.select_option(label="Оскорбления")
    page.get_by_role("button", name="Предупредить").click()
    assert page.locator(".imposed").inner_text().count("Уважайте собеседника") == 1  # the server does not put it there once more
