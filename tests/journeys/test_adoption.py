"""Two towns take a practice home: one with a colleague who joins, to a result that its author confirms; one refuses and says why."""

import sqlite3
from contextlib import closing

import pytest
from playwright.sync_api import Page, expect

from tests.browser import check_page

pytestmark = pytest.mark.xdist_group("site")


def address_of(site, external_id: str) -> str:
    with closing(sqlite3.connect(site.instance / "forum.sqlite3", timeout=30)) as database:
        id, slug = database.execute("SELECT id, slug FROM practices WHERE external_id = ?", [external_id]).fetchone()
    return f"/practices/{id}/{slug}"


def adopt(page: Page, practice: str, words: str) -> None:
    page.goto(practice)
    page.locator("#adoptions").get_by_role("link", name="Внедряем у себя").click()
    page.locator("[name=body]").fill(words)
    check_page(page)
    page.get_by_role("button", name="Открыть запись").click()
    expect(page.locator("#timeline")).to_contain_text(words)


def tell(page: Page, stage: str, words: str, obstacle: str = "") -> None:
    page.get_by_role("link", name="Записать новое").click()
    page.get_by_role("radio", name=stage, exact=True).check()
    page.locator("[name=body]").fill(words)
    if obstacle:
        page.get_by_label("Что помешало").select_option(label=obstacle)
    page.get_by_role("button", name="Записать", exact=True).click()
    expect(page.locator("#timeline")).to_contain_text(words)


def test_two_towns_adopt_a_practice_one_confirmed_one_refusing(arrive, site, long_ago):
    practice = address_of(site, "demo-020")  # nobody of the demonstration has taken it home
    first, colleague = arrive("colleague", width=360), arrive("lugova@people.example", javascript=False)
    adopt(first, practice, "Начнём с двух отделов.")
    colleague.goto(first.url)
    colleague.get_by_role("button", name="Вести вместе").click()
    tell(colleague, "Запуск", "Первые двое замещают начальников.")
    first.goto(colleague.url)
    tell(first, "Результат", "Троих из резерва назначили.")

    other = arrive("employee")
    adopt(other, practice, "Смотрим, потянем ли.")
    tell(other, "Отказ", "Положение о резерве ждёт комиссии год.", obstacle="не дали согласование")

    author = arrive("uralova@people.example", dark=True)
    author.goto(first.url)
    check_page(author)
    author.get_by_role("button", name="Подтвердить результат").click()
    expect(author.locator("article .eyebrow").first).to_contain_text("результат подтверждён")

    guest = arrive(width=360)
    guest.goto(practice)
    towns = guest.locator("#adoptions")
    expect(towns).to_contain_text("Внедрил 1 муниципалитет, отказался 1.")
    expect(towns.locator("li", has_text="Боровичи")).to_contain_text("подтверждён")
    expect(towns.locator("li", has_text="Обнинск")).to_contain_text("не дали согласование")
    check_page(guest)
    guest.goto("/practices?sort=adopted&adopted=yes")
    expect(guest.locator(".results > li", has_text="Скамейка запасных").locator(".facts")).to_contain_text("внедрили 1")
    guest.goto(f"{practice.rsplit('/', 1)[0]}/adoptions?show=refused")
    expect(guest.locator(".results > li")).to_have_count(1)
    check_page(guest)
