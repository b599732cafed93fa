"""A PDF comes into a practice's package: a guest finds it by a word that only the document has, opens it, and takes the package home."""

import io
import zipfile

import pytest
from playwright.sync_api import expect

from tests.attachments.papers import pdf
from tests.browser import check_page, reload_until
from tests.journeys.test_adoption import address_of

pytestmark = pytest.mark.xdist_group("site")

NAME, WORD = "Положение о скамейке.pdf", "аттестатный"


def test_a_word_inside_a_document_finds_the_practice(arrive, site):
    practice = address_of(site, "demo-020")
    author = arrive("uralova@people.example")
    author.goto(practice)
    author.locator(".actions").get_by_role("link", name="Изменить").click()
    paper = pdf("Положение. Аттестатный отбор в резерв – раз в год.")
    author.locator("[name=files]").set_input_files({"name": NAME, "mimeType": "application/pdf", "buffer": paper})
    author.get_by_role("button", name="Загрузить и продолжить").click()
    row = author.locator("#attachments li").filter(has_text=NAME)
    row.get_by_label("Что это").select_option("regulation")
    row.get_by_label("Можно использовать").select_option("credit")
    author.get_by_role("button", name="Сохранить", exact=True).last.click()
    paper_line = author.locator("#documents li").filter(has_text=NAME)
    expect(paper_line).to_contain_text("Положение, порядок")
    expect(paper_line).to_contain_text("с указанием источника")

    guest = arrive(width=360)
    guest.goto(f"/search?q={WORD}")
    hit = guest.locator(".in-document").filter(has_text=NAME)
    reload_until(guest, hit)
    expect(hit.locator("mark")).to_have_text("Аттестатный")
    check_page(guest)
    opened = guest.context.request.get(hit.get_by_role("link", name=NAME).get_attribute("href"))
    assert opened.body() == paper

    guest.locator("li", has=hit).get_by_role("heading").get_by_role("link").click()
    with guest.expect_download() as download:
        guest.get_by_role("link", name="Скачать пакет внедрения").click()
    with zipfile.ZipFile(io.BytesIO(download.value.path().read_bytes())) as package:
        assert package.namelist()[0] == "О практике.html"
        assert package.read(NAME) == paper
