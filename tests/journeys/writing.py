"""Filling in the practice form in a browser, for the journeys that publish."""

import re

from playwright.sync_api import Page, Response

LONG = " ".join(["Обошли дворы вместе с жильцами и записали каждую просьбу."] * 20)
TEXTS = {
    "summary": "Обновили площадки у школ за одно лето, договорившись с родителями и заводом.",
    "problem": f"Качели сломаны, песочницы пусты.\n\n{LONG}",
    "solution": "Собрали заявки, **завод дал металл**, родители красили.",
    "results": "Дети снова гуляют во дворах, жалоб стало втрое меньше.",
}


def fill_card(page: Page, title: str) -> None:
    """All that publishing needs."""
    page.locator("[name=title]").fill(title)
    for name, text in TEXTS.items():
        page.locator(f"[name={name}]").fill(text)
    page.locator("[name=municipality]").fill("Обнинск, Калужская область")
    page.locator("[name=nomination]").first.check()


def press(page: Page, name: str, within: str = "#main") -> Response:
    """Press a button that sends a form, and give the page it led to."""
    with page.expect_navigation() as led:
        page.locator(within).get_by_role("button", name=name, exact=True).first.click()
    return led.value


def number_of(page: Page) -> int:
    """The number of the practice whose page is open."""
    found = re.search(r"/practices/(\d+)/", page.url)
    assert found, page.url
    return int(found[1])
