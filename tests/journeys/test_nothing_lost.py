"""What was typed survives an expired session, an old page, a mistake, a wrong file and another editor."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import axe, enhanced, sideways_scroll
from tests.journeys.writing import LONG, TEXTS, fill_card, number_of, press
from tests.markup import valid_html

pytestmark = pytest.mark.xdist_group("site")


def check_answer(page: Page, response) -> None:
    """As `check_page`, for the answer to a form, which cannot be fetched again."""
    assert valid_html(response.text()) == []
    assert axe(page) == []
    assert sideways_scroll(page) == 0


def check_texts(page: Page) -> None:
    """Every text of the card is on its page."""
    for text in ("за одно лето", "песочницы пусты", LONG, "родители красили", "жалоб стало втрое меньше"):
        expect(page.locator("article").first).to_contain_text(text)


@pytest.mark.parametrize("javascript", [True, False])
def test_the_session_ended_while_writing(arrive, javascript):
    page = arrive("employee", width=360, javascript=javascript)
    page.goto("/practices/new")
    title = f"Длинная практика: сеанс кончился, {javascript}"
    fill_card(page, title)
    page.context.clear_cookies()
    answer = press(page, "Опубликовать")
    assert answer.status == 401
    expect(page.locator("#main")).to_contain_text("Ничего не потеряно")
    if javascript:
        check_answer(page, answer)
    page.locator("#main").get_by_label("Почта").fill("employee@demo.example")
    page.locator("#main").get_by_label("Пароль").fill("demo-password")
    answer = press(page, "Войти")
    expect(page.locator("#main")).to_contain_text("Написанное цело")
    if javascript:
        check_answer(page, answer)
    press(page, "Отправить")
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    check_texts(page)


def test_the_page_had_grown_old(arrive):
    page = arrive("employee")
    page.goto("/practices/new")
    fill_card(page, "Практика с давно открытой страницы")
    page.evaluate("document.querySelector('#practice [name=csrf_token]').value = 'long-gone'")
    answer = press(page, "Опубликовать")
    expect(page.get_by_role("heading", level=1)).to_have_text("Страница успела устареть")
    check_answer(page, answer)
    press(page, "Отправить")
    expect(page.get_by_role("heading", level=1)).to_have_text("Практика с давно открытой страницы")
    check_texts(page)


def test_a_comment_from_an_ended_session(arrive):
    page = arrive("colleague")
    page.goto("/practices?sort=discussed")
    page.locator("#main h3 a, #main h2 a").first.click()
    enhanced(page)
    page.locator("#comment-form textarea").fill("Мысль, которую жалко потерять")
    page.context.clear_cookies()
    answer = press(page, "Отправить")
    assert answer.status == 401
    page.locator("#main").get_by_label("Почта").fill("colleague@demo.example")
    page.locator("#main").get_by_label("Пароль").fill("demo-password")
    press(page, "Войти")
    press(page, "Отправить")
    expect(page.locator(".comment", has_text="Мысль, которую жалко потерять")).to_have_count(1)


def test_a_mistake_keeps_rows_and_texts(arrive):
    page = arrive("employee", width=320, dark=True)
    page.goto("/practices/new")
    enhanced(page)
    fill_card(page, "Практика с ошибкой")
    page.locator("#steps").get_by_role("button", name="Добавить").click()
    page.locator("#steps .rows > li [name$=-what]").first.fill("Первый шаг")
    page.locator("#steps .rows > li [name$=-what]").last.fill("Второй шаг")
    page.locator("[name=started]").fill("когда-то весной")
    page.locator("[name=summary]").fill("")
    answer = press(page, "Опубликовать")
    assert answer.status == 422
    expect(page.locator("#errors")).to_be_focused()
    check_answer(page, answer)
    expect(page.locator("[name=started]")).to_have_value("когда-то весной")
    expect(page.locator("[name=started]")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("[name=problem]")).to_have_value(TEXTS["problem"])
    texts = [row.input_value() for row in page.locator("#steps .rows > li [name$=-what]").all()]
    assert texts == ["Первый шаг", "Второй шаг"]
    page.locator("#errors a").first.click()
    expect(page.locator("[name=summary]")).to_be_focused()


def test_a_file_of_a_wrong_kind_keeps_the_text(arrive):
    page = arrive("employee")
    page.goto("/practices/new")
    fill_card(page, "Практика с программой вместо документа")
    program = {"name": "Смета.pdf", "mimeType": "application/pdf", "buffer": b"MZ\x90\x00" + bytes(200)}
    page.locator("input[type=file]").set_input_files([program])
    answer = press(page, "Опубликовать")
    assert answer.status == 422
    check_answer(page, answer)
    expect(page.locator("#errors")).to_contain_text("Смета.pdf")
    expect(page.locator("[name=problem]")).to_have_value(TEXTS["problem"])
    press(page, "Опубликовать")
    expect(page.get_by_role("heading", level=1)).to_have_text("Практика с программой вместо документа")
    check_texts(page)


def test_two_editors_keep_both_texts(arrive):
    first = arrive("employee", width=320)
    first.goto("/practices/new")
    fill_card(first, "Практика двух редакторов")
    press(first, "Опубликовать")
    edit = f"/practices/{number_of(first)}/edit"
    second = arrive("moderator")
    first.goto(edit)
    second.goto(edit)
    second.locator("[name=results]").fill("Слова второго редактора о жалобах.")
    second.locator("[name=reason]").fill("Уточнено число жалоб")
    press(second, "Сохранить", ".form-actions")
    first.locator("[name=results]").fill("Слова первого редактора о жалобах.")
    answer = press(first, "Сохранить", ".form-actions")
    assert answer.status == 409
    check_answer(first, answer)
    expect(first.locator("[name=results]")).to_have_value("Слова первого редактора о жалобах.")
    expect(first.locator(".change")).to_contain_text("второго")
    press(first, "Сохранить", ".form-actions")
    expect(first.locator("article").first).to_contain_text("Слова первого редактора")
    first.goto(edit.replace("edit", "history"))
    first.get_by_role("link", name="Версия 2").click()
    expect(first.locator("#main")).to_contain_text("второго")
