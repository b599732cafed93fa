"""Files of a practice: taken with the form, described, ordered, removed, and fetched only by those who may read."""

import io

import pytest
from PIL import Image
from sqlalchemy import select

from forum.attachments.models import Attachment
from tests.practices.cards import card, nothing, only

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def photo(side: int = 800) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (side, side // 2), "green").save(buffer, "JPEG")
    return buffer.getvalue()


@pytest.fixture
def author(make, sign_in):
    make.place("Обнинск")
    make.nomination(1)
    person = make.person("Мария Соколова")
    sign_in(person)
    return person


def stored(session) -> list[Attachment]:
    session.rollback()
    files = list(session.scalars(select(Attachment).order_by(Attachment.position)))
    session.expunge_all()
    session.rollback()
    return files


def sent(content: bytes, name: str):
    return io.BytesIO(content), name


def test_a_document_comes_with_the_form(author, visitor, browser, session):
    answer = visitor.post("/practices/new", 303, data=card(files=sent(PDF, "Смета <1>.pdf")))
    (file,) = stored(session)
    guest = browser()
    page = guest.open(answer.response.headers["Location"])
    (address,) = [link for link in page.links() if link.startswith("/files/")]
    fetched = guest.client.get(address)
    assert fetched.data == PDF and fetched.headers["Content-Disposition"].startswith("attachment")
    assert fetched.headers["X-Content-Type-Options"] == "nosniff" and "default-src 'none'" in fetched.headers["Content-Security-Policy"]
    assert fetched.headers["Cache-Control"] == "private, no-cache"
    again = guest.client.get(address, headers={"If-None-Match": fetched.headers["ETag"]})
    assert again.status_code == 304 and not again.data
    assert file.name == "Смета _1_.pdf"


def test_a_photo_must_be_described_and_loses_nothing_meanwhile(author, visitor, session):
    page = visitor.post("/practices/new", 422, data=card(files=sent(photo(), "двор.jpg")))
    draft = only(session)
    assert draft.state == "draft" and "Опишите, что на фото" in page.words
    fields = page.form(f"/practices/{draft.id}/edit")
    assert fields["problem"] == card()["problem"] and fields["attachments-0-alt"] == ""
    assert "#attachments-0-alt" in page.links()
    visitor.post(f"/practices/{draft.id}/edit", 303, data=fields | {"attachments-0-alt": "Освещённый двор", "action": "publish"})
    shown = visitor.open(f"/practices/{draft.id}/svetlye-dvory")
    (image,) = shown.tree.iter("img")
    assert image.get("alt") == "Освещённый двор"
    thumb = visitor.client.get(image.get("src"))
    assert thumb.mimetype == "image/jpeg" and Image.open(io.BytesIO(thumb.data)).width == 640
    assert only(session).is_published


def test_a_wrong_file_costs_neither_text_nor_the_good_files(author, visitor, session):
    page = visitor.post("/practices/new", 422, data=card(files=sent(b"MZ\x90\x00 not a paper", "virus.pdf")))
    assert "virus.pdf" in page.words and "не принимается" in page.words
    assert page.form("/practices/new")["solution"] == card()["solution"] and nothing(session)
    both = card(files=[sent(PDF, "a.pdf"), sent(b"", "b.pdf")])
    page = visitor.post("/practices/new", 422, data=both)
    assert "b.pdf: Файл пуст." in page.words and [file.name for file in stored(session)] == ["a.pdf"]
    assert page.form(f"/practices/{only(session).id}/edit")["title"] == "Светлые дворы"


def test_files_are_ordered_and_removed_by_their_rows(author, visitor, session):
    visitor.post("/practices/new", 303, data=card(files=[sent(PDF, "a.pdf"), sent(PDF, "b.pdf"), sent(PDF, "c.pdf")]))
    address = f"/practices/{only(session).id}/edit"
    fields = visitor.open(address).form("/edit")
    fields |= {"attachments-0-position": "9", "attachments-1-remove": "y"}
    visitor.post(address, 303, data=fields)
    assert [(file.name, file.position) for file in stored(session)] == [("c.pdf", 1), ("a.pdf", 2)]


def test_rows_of_other_entries_are_left_alone(author, visitor, make, browser, session):
    visitor.post("/practices/new", 303, data=card(files=sent(PDF, "a.pdf")))
    (file,) = stored(session)
    stranger = browser().sign_in(make.person("Чужой"))
    more = {"attachments-0-id": str(file.id), "attachments-0-remove": "y"}
    stranger.post("/practices/new", 303, data=card(title="Другая", **more))
    assert [left.name for left in stored(session)] == ["a.pdf"]


def test_there_is_a_limit_of_files(author, visitor, session):
    visitor.post("/practices/new", 422, data=card(files=[sent(PDF, f"{number}.pdf") for number in range(21)]))
    assert len(stored(session)) == 20


@pytest.mark.parametrize("state", ["draft", "hidden", "withdrawn"])
def test_files_vanish_with_their_entry(author, visitor, browser, make, session, state):
    visitor.post("/practices/new", 303, data=card(files=[sent(PDF, "a.pdf"), sent(photo(), "b.jpg")], action="draft"))
    number = only(session).id
    document, picture = stored(session)
    if state != "draft":
        fields = visitor.open(f"/practices/{number}/edit").form("/edit")
        visitor.post(f"/practices/{number}/edit", 303, data=fields | {"attachments-1-alt": "Двор", "action": "publish"})
    addresses = [f"/files/{document.id}/a.pdf", f"/files/{picture.id}/b.jpg", f"/files/{picture.id}/thumb/b.jpg"]
    guest = browser()
    if state != "draft":
        for address in addresses:
            guest.open(address)
    if state == "hidden":
        moderator = browser().sign_in(make.moderator())
        moderator.post(f"/entries/{number}/hiding", 302, reason="Реклама")
    elif state == "withdrawn":
        visitor.post(f"/entries/{number}/withdrawal", 303)
    for address in addresses:
        guest.open(address, 404)
        visitor.open(address)


def test_a_document_has_no_small_picture(author, visitor, session):
    visitor.post("/practices/new", 303, data=card(files=sent(PDF, "a.pdf")))
    visitor.open(f"/files/{stored(session)[0].id}/thumb/a.pdf", 404)
