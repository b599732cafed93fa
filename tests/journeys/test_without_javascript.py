"""The same site in a browser whose scripts are off: rows, publishing, discussion, votes, reports, moderation, the other language."""

import pytest
from playwright.sync_api import expect

from tests.journeys.writing import fill_card, number_of, press

pytestmark = pytest.mark.xdist_group("site")

TITLE = "Практика, написанная без скриптов"


@pytest.fixture
def plain(arrive):
    """`plain("employee")`: as `arrive`, with scripts off."""
    return lambda name="": arrive(name, width=360, javascript=False)


def test_rows_come_and_go(plain):
    page = plain("employee")
    page.goto("/practices/new")
    page.locator("[name=title]").fill("Строки без скриптов")
    rows = page.locator("#steps .rows > li")
    before = rows.count()
    press(page, "Добавить шаг")
    expect(rows).to_have_count(before + 1)
    rows.first.locator("[name$=-what]").fill("Первый")
    rows.last.locator("[name$=-what]").fill("Последний")
    with page.expect_navigation():
        rows.first.get_by_role("button", name="Убрать").click()
    expect(rows).to_have_count(before)
    expect(rows.last.locator("[name$=-what]")).to_have_value("Последний")
    expect(page.locator("[name=title]")).to_have_value("Строки без скриптов")
    page.locator("[name=solution]").fill("Позвали **жителей**")
    with page.expect_navigation():
        page.locator("markdown-field", has=page.locator("[name=solution]")).get_by_role("button", name="Предпросмотр").click()
    expect(page.locator(".preview strong")).to_have_text("жителей")
    expect(rows.last.locator("[name$=-what]")).to_have_value("Последний")


def test_publish_discuss_report_moderate(plain):
    employee, colleague, moderator, guest = plain("employee"), plain("colleague"), plain("moderator"), plain()
    employee.goto("/practices/new")
    fill_card(employee, TITLE)
    press(employee, "Посмотреть, как будет")
    expect(employee.get_by_role("heading", level=1)).to_have_text(TITLE)
    press(employee, "Опубликовать")
    address, number = employee.url, number_of(employee)

    colleague.goto(address)
    colleague.locator("#comment-form textarea").fill("Пишу и без скриптов.")
    press(colleague, "Отправить")
    expect(colleague.locator(".comment")).to_contain_text("Пишу и без скриптов.")
    press(colleague, "Полезно")
    score = colleague.locator("article .actions .score")
    expect(score).to_have_text("1")
    press(colleague, "Не полезно")
    expect(score).to_have_text("−1")
    press(colleague, "Не полезно")
    expect(score).to_have_text("0")
    press(colleague, "Сохранить")
    expect(colleague.get_by_role("button", name="Сохранено")).to_have_count(1)
    colleague.goto(f"/entries/{number}/reports/new")
    press(colleague, "Отправить жалобу")
    expect(colleague.locator("#errors")).to_be_visible()
    colleague.locator("[name=reason]").select_option("spam")
    press(colleague, "Отправить жалобу")

    guest.goto(address)
    expect(guest.locator(".comment")).to_contain_text("Пишу и без скриптов.")
    moderator.goto("/moderation")
    case = moderator.locator(f"#entry-{number}")
    case.locator("summary").click()
    case.locator("[name=reason]").fill("Реклама скриптов")
    press(moderator, "Скрыть", f"#entry-{number}")
    expect(case).to_have_count(0)
    assert guest.goto(address).status == 404
    moderator.goto(address)
    moderator.locator("summary", has_text="Модерация").click()
    press(moderator, "Вернуть на сайт")
    assert guest.goto(address).status == 200


def test_the_other_language(plain):
    page = plain()
    page.goto("/practices?status=failed")
    expect(page.locator("html")).to_have_attribute("lang", "ru")
    press(page, "English", "footer")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert page.url.endswith("/practices?status=failed")
    page.goto("/")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    press(page, "Русский", "footer")
    expect(page.locator("html")).to_have_attribute("lang", "ru")
