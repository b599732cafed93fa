"""The package: all documents of a practice in one ZIP, with a page about it."""

import io
import zipfile

import pytest
from sqlalchemy import select

from forum.practices.models import Practice
from forum.practices.packing import distinct
from forum.practices.views import package
from tests.attachments import papers
from tests.practices.cards import card, only


@pytest.fixture
def practice(make, sign_in, visitor, session):
    make.place("Обнинск")
    make.nomination(1)
    sign_in(make.person("Мария Соколова"))
    files = [(io.BytesIO(papers.pdf("Смета")), "Смета.pdf"), (io.BytesIO(papers.pdf("Другая")), "смета.pdf")]
    visitor.post("/practices/new", 303, data=card(files=files, contact="8 900 000", problem="Было [темно](/help)."))
    return only(session)


def opened(client, practice, **headers) -> zipfile.ZipFile:
    answer = client.get(f"/practices/{practice.id}/package.zip", headers=headers)
    assert answer.status_code == 200 and answer.mimetype == "application/zip"
    return zipfile.ZipFile(io.BytesIO(answer.data))


def test_a_guest_takes_everything_home(practice, browser):
    page = browser().open(f"/practices/{practice.id}/{practice.slug}")
    assert f"/practices/{practice.id}/package.zip" in page.links()
    archive = opened(browser().client, practice)
    assert archive.testzip() is None
    assert archive.namelist() == ["О практике.html", "Смета.pdf", "смета (2).pdf"]
    assert archive.read("смета (2).pdf") == papers.pdf("Другая")
    cover = archive.read("О практике.html").decode()
    assert f"http://localhost:8000/practices/{practice.id}/" in cover or "/practices/" in cover
    assert "Светлые дворы" in cover and "<td>Смета" in cover and 'href="%D1%81' in cover
    assert 'href="/help"' not in cover and "8 900 000" not in cover


def test_the_contact_is_for_who_has_signed_in(practice, browser, make):
    cover = opened(browser().sign_in(make.person("Коллега")).client, practice).read("О практике.html").decode()
    assert "8 900 000" in cover


def test_downloads_are_counted_once_a_day_and_reader_and_not_for_the_author(practice, browser, visitor, session):
    guest = browser().client
    for agent in ("Firefox", "Firefox", "Chrome"):
        opened(guest, practice, **{"User-Agent": agent})
    guest.head(f"/practices/{practice.id}/package.zip", headers={"User-Agent": "Opera"})
    opened(visitor.client, practice)
    session.rollback()
    assert session.scalar(select(Practice.package_downloads)) == 2
    session.rollback()
    assert "пакет скачали 2" in visitor.open(f"/practices/{practice.id}/{practice.slug}").words.replace("\xa0", " ")


def test_there_is_no_package_without_documents_or_of_what_is_hidden(practice, browser, make):
    browser().open(f"/practices/{make.practice().id}/package.zip", 404)
    browser().sign_in(make.moderator()).post(f"/entries/{practice.id}/hiding", 302, reason="Реклама")
    browser().open(f"/practices/{practice.id}/package.zip", 404)


def test_slow_readers_do_not_take_all_the_threads(practice, browser):
    guest, address = browser().client, f"/practices/{practice.id}/package.zip"
    under_way = [guest.get(address, buffered=False) for _ in range(package.AT_ONCE)]
    assert guest.get(address).status_code == 503
    for answer in under_way:
        answer.close()
    assert zipfile.ZipFile(io.BytesIO(guest.get(address).data)).namelist()


def test_names_in_a_package_are_clean_and_distinct():
    assert distinct(["../а.pdf", "а.pdf", "А.PDF", "con.txt"], ["b"]) == ["а.pdf", "а (2).pdf", "А (3).PDF", "_con.txt"]
