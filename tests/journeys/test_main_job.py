"""The main job in a browser with JavaScript: write, publish, find, discuss, vote, report, hide."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import check_page, enhanced, reload_until
from tests.journeys.writing import fill_card, number_of, press

pytestmark = pytest.mark.xdist_group("site")

ROWS = {
    "steps": {"what": "Собрали заявки", "who": "Отдел благоустройства"},
    "indicators": {"name": "Жалобы", "unit": "в месяц", "before": "30", "after": "10"},
}


def sign_in(page: Page, name: str) -> None:
    page.goto("/login")
    page.get_by_label("Почта").fill(f"{name}@demo.example")
    page.get_by_label("Пароль").fill("demo-password")
    press(page, "Войти")


def write(page: Page, title: str) -> None:
    """The form, with rows added by its script and a look at the Markdown."""
    page.goto("/practices/new")
    check_page(page)
    enhanced(page)
    fill_card(page, title)
    for group, filled in ROWS.items():
        rows = page.locator(f"#{group} .rows > li")
        before = rows.count()
        page.locator(f"#{group}").get_by_role("button", name="Добавить").click()
        expect(rows).to_have_count(before + 1)
        for name, text in filled.items():
            rows.last.locator(f"[name$=-{name}]").fill(text)
    solution = page.locator("markdown-field", has=page.locator("[name=solution]"))
    solution.get_by_role("button", name="Предпросмотр").click()
    expect(solution.locator(".preview strong")).to_have_text("завод дал металл")
    expect(page.locator(".save-state")).to_contain_text("Сохранено в")
    expect(page).to_have_url(re.compile(r"/practices/\d+/edit"))
    check_page(page)


def publish(page: Page, title: str) -> int:
    press(page, "Опубликовать")
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    expect(page.locator("article").first).to_contain_text("Отдел благоустройства")
    expect(page.locator("article").first).to_contain_text("Жалобы")
    check_page(page)
    return number_of(page)


def find(page: Page, words: str, title: str) -> None:
    """By the search field of the header, again until the index has it."""
    page.goto("/")
    page.get_by_role("combobox", name="Поиск по практикам").fill(words)
    page.keyboard.press("Enter")
    link = page.get_by_role("link", name=title)
    page.wait_for_url("**/search?**")
    reload_until(page, link)
    check_page(page)
    link.first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    check_page(page)


def discuss(page: Page, words: str) -> None:
    """A comment, a vote, a bookmark and a following, all on the page as it stands."""
    enhanced(page)
    page.evaluate("window.notReloaded = true")
    page.locator("#comment-form textarea").fill(words)
    page.locator("#comment-form").get_by_role("button", name="Отправить").click()
    expect(page.locator(".comment.new")).to_contain_text(words)
    box = page.locator("article .actions vote-box").first
    expect(box.locator(".score")).to_have_text("0")
    box.get_by_role("button", name="Полезно", exact=True).click()
    expect(box.locator(".score")).to_have_text("1")
    page.locator("bookmark-toggle button").click()
    expect(page.locator("bookmark-toggle button")).to_have_text("Сохранено")
    page.locator("follow-toggle button").click()
    expect(page.locator("follow-toggle button")).to_have_text("Вы следите")
    assert page.evaluate("window.notReloaded")
    page.reload()
    expect(page.locator(".comment", has_text=words)).to_have_count(1)
    expect(box.locator(".score")).to_have_text("1")
    expect(box.get_by_role("button", name="Полезно", exact=True)).to_have_attribute("aria-pressed", "true")
    expect(page.locator("bookmark-toggle button")).to_have_attribute("aria-pressed", "true")
    check_page(page)


def report(page: Page, note: str) -> None:
    page.get_by_role("link", name="Пожаловаться", exact=True).first.click()
    check_page(page)
    page.locator("[name=reason]").select_option("false")
    page.locator("[name=note]").fill(note)
    press(page, "Отправить жалобу")
    check_page(page)


def hide(page: Page, number: int, note: str, reason: str) -> None:
    page.goto("/")
    page.get_by_role("link", name="Модерация").first.click()
    check_page(page)
    case = page.locator(f"#entry-{number}")
    expect(case).to_contain_text(note)
    case.locator("summary").click()
    case.locator("[name=reason]").fill(reason)
    with page.expect_navigation():
        case.get_by_role("button", name="Скрыть").click()
    expect(page.locator(f"#entry-{number}")).to_have_count(0)
    check_page(page)


@pytest.mark.parametrize(("width", "dark"), [(320, True), (1280, False)])
def test_written_found_discussed_hidden(arrive, width, dark):
    employee, guest, colleague, moderator = (arrive(width=width, dark=dark) for _ in range(4))
    title = f"Обновили детские площадки вместе с заводом {width}"
    sign_in(employee, "employee")
    write(employee, title)
    number = publish(employee, title)

    find(guest, f"обновление площадок заводы {width}", title)
    address = guest.url

    sign_in(colleague, "colleague")
    colleague.goto(address)
    discuss(colleague, "Сколько стоил металл?")
    report(colleague, f"Завод такого не помнит: {width}")

    sign_in(moderator, "moderator")
    hide(moderator, number, f"Завод такого не помнит: {width}", f"До проверки сведений о заводе {width}")

    notice = employee.locator(".notifications li", has_text=f"До проверки сведений о заводе {width}")
    employee.goto("/notifications")
    reload_until(employee, notice)
    check_page(employee)
    employee.goto(address)
    expect(employee.locator("#main")).to_contain_text(f"До проверки сведений о заводе {width}")
    check_page(employee)
    answer = guest.goto(address)
    assert answer and answer.status == 404
    check_page(guest)
