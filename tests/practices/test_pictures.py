"""A picture within the text: described, kept with the practice, shown once."""

import io

import pytest
from PIL import Image

from forum.attachments.models import Attachment
from tests.practices.cards import card


def png(color="red"):
    buffer = io.BytesIO()
    Image.new("RGB", (64, 48), color).save(buffer, "PNG")
    return buffer.getvalue()


@pytest.fixture
def draft(make, sign_in):
    make.place("Обнинск")
    make.nomination(1)
    author = make.person("Мария Соколова")
    sign_in(author)
    return make.practice("Светлые дворы", author=author, state="draft")


def send(visitor, practice, expect, content=None, **fields):
    picture = {"picture": (io.BytesIO(png() if content is None else content), "двор (1).png")}
    return visitor.post(f"/practices/{practice.id}/pictures", expect, headers={"Accept": "application/json"}, data={**picture, **fields})


def test_a_picture_stands_in_the_text_and_not_in_the_gallery_too(draft, visitor, session):
    url = send(visitor, draft, 201, alt="Двор вечером").response.json["url"]
    assert visitor.client.get(url).mimetype.startswith("image/")
    solution = f"Так стало:\n\n![Двор вечером]({url})"
    visitor.post(f"/practices/{draft.id}/edit", 303, data=card(solution=solution, version="1", action="publish"))
    page = visitor.open(f"/practices/{draft.id}/svetlye-dvory")
    assert page.text.count("Двор вечером") == 1 and f'src="{url}"' in page.text


def test_without_words_nothing_is_kept(draft, visitor, session):
    refused = send(visitor, draft, 422, alt=" ").response.json
    assert refused["code"] == "file.alt_missing" and session.query(Attachment).count() == 0


@pytest.mark.parametrize("content, code", [(b"", "file.empty"), (b"MZ" + bytes(200), "file.type"), (b"%PDF-1.4 estimate", "file.type")])
def test_what_is_no_picture_is_told(draft, visitor, session, content, code):
    refused = send(visitor, draft, 422, content, alt="Двор").response.json
    assert refused["code"] in (code, "file.not_picture", "file.broken") and refused["detail"]
    assert session.query(Attachment).count() == 0


def test_strangers_add_none(draft, browser, make):
    send(browser().sign_in(make.person()), draft, 404, alt="Двор")
