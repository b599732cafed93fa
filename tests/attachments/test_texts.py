"""What documents say is read by the worker, told to the author, searched, and gone with them."""

import io

import pypdf
import pytest
from sqlalchemy import select, update

from forum.attachments import extracting, reader
from forum.attachments.models import Attachment, AttachmentText
from forum.extensions import db
from tests.attachments import papers
from tests.practices.cards import card, only


@pytest.fixture
def author(make, sign_in):
    make.place("Обнинск")
    make.nomination(1)
    person = make.person("Мария Соколова")
    sign_in(person)
    return person


@pytest.fixture
def published(author, visitor, session):
    """Publishes a practice with a document."""

    def go(content: bytes, name: str, **more):
        visitor.post("/practices/new", 303, data=card(files=(io.BytesIO(content), name), **more))
        return only(session)

    return go


def texts(session) -> list[str]:
    session.rollback()
    found = list(session.scalars(select(AttachmentText.text)))
    session.rollback()  # it would keep the lock
    return found


def locked() -> bytes:
    writer, buffer = pypdf.PdfWriter(clone_from=io.BytesIO(papers.pdf("Тайна"))), io.BytesIO()
    writer.encrypt("пароль")
    writer.write(buffer)
    return buffer.getvalue()


ENTITIES = '<!DOCTYPE w:document [<!ENTITY a "смета"><!ENTITY b "&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("kind", "content", "state", "text"),
    [
        ("pdf", papers.pdf("Кронштейн КТ-4"), "done", "Кронштейн КТ-4"),
        ("docx", papers.docx("Техническое задание", "Срок – год"), "done", "Техническое задание\nСрок – год"),
        ("odt", papers.odt("Положение о конкурсе"), "done", "Положение о конкурсе"),
        ("xlsx", papers.xlsx(("Опора", 12), ("Лампа", 3.5)), "done", "Sheet\nОпора; 12\nЛампа; 3.5"),
        ("txt", "осве-\nщение".encode(), "done", "освещение"),
        ("pdf", papers.pdf("   "), "empty", ""),
        ("pdf", locked(), "locked", ""),
        ("pdf", b"%PDF-1.4 nothing %%EOF", "broken", ""),
        ("docx", papers.docx("&b;", prolog=ENTITIES), "broken", ""),
        ("docx", papers.archive({"word/document.xml": " " * (reader.MOST_XML + 1)}), "too_much", ""),
        ("txt", "двор ".encode() * 50_000, "cut", "двор " * 39_999 + "двор "),
    ],
    ids=["pdf", "docx", "odt", "xlsx", "txt", "scan", "locked", "broken", "entities", "bomb", "long"],
)
def test_a_document_is_read_apart_and_whatever_it_is_there_is_an_answer(kind, content, state, text):
    assert extracting.read(kind, content) == (state, text)


def test_a_reader_that_does_not_come_back_costs_only_its_document(monkeypatch):
    monkeypatch.setattr(extracting, "PATIENCE", 0.01)
    assert extracting.read("pdf", papers.pdf("Смета")) == ("too_much", "")


def test_search_looks_into_a_document_and_shows_where(published, visitor, browser, read_all):
    practice = published(papers.pdf("Поставка: кронштейн оцинкованный для опор, двенадцать штук."), "Смета дворы.pdf")
    assert "Текст ещё читается" in visitor.open(f"/practices/{practice.id}/edit").words
    read_all()
    assert "Текст извлечён" in visitor.open(f"/practices/{practice.id}/edit").words
    page = browser().open("/search?q=кронштейны")
    assert "В документе Смета дворы.pdf: Поставка: кронштейн оцинкованный" in page.words
    assert "<mark>кронштейн</mark>" in page.text and "Возможно, вы искали" not in page.words
    (address,) = [link for link in page.links() if link.startswith("/files/")]
    assert browser().client.get(address).data.startswith(b"%PDF")
    (item,) = browser().client.get("/api/v1/search?q=кронштейны").json["items"]
    assert item["id"] == practice.id and item["documents"][0]["name"] == "Смета дворы.pdf"


def test_words_of_the_practice_itself_come_before_those_of_documents(published, make, browser, read_all):
    published(papers.docx("кронштейн " * 200), "Смета.docx")
    own = make.practice("Наружный свет", solution="Каждый кронштейн заменили новым.")
    read_all()
    found = browser().client.get("/api/v1/search?q=кронштейн").json["items"]
    assert [item["id"] == own.id for item in found] == [True, False] and found[0]["documents"] == []


def test_a_document_stops_finding_once_it_is_removed_or_its_practice_hidden(published, visitor, browser, make, read_all, session):
    practice = published(papers.odt("Кронштейн оцинкованный"), "ТЗ.odt")
    other = make.practice("Двор с качелями")
    read_all()
    found = lambda: browser().client.get("/api/v1/search?q=кронштейн").json["total"]  # noqa: E731
    assert found() == 1
    moderator = browser().sign_in(make.moderator())
    moderator.post(f"/entries/{practice.id}/hiding", 302, reason="Реклама")
    assert found() == 0
    read_all()
    assert found() == 0
    moderator.post(f"/entries/{practice.id}/restoration", 302)
    read_all()
    assert found() == 1
    address = f"/practices/{practice.id}/edit"
    visitor.post(address, 303, data=visitor.open(address).form("/edit") | {"attachments-0-remove": "y"})
    read_all()
    assert found() == 0 and texts(session) == [] and other.is_published


def test_a_draft_is_read_for_its_author_and_found_by_nobody(author, visitor, browser, read_all, session):
    visitor.post("/practices/new", 303, data=card(files=(io.BytesIO(papers.docx("Кронштейн")), "ТЗ.docx"), action="draft"))
    read_all()
    assert texts(session) == ["Кронштейн"] and browser().client.get("/api/v1/search?q=кронштейн").json["total"] == 0


def test_a_document_that_ends_the_worker_each_time_is_left_alone(published, app, session, read_all, visitor):
    practice = published(papers.pdf("Смета"), "Смета.pdf")
    session.execute(update(Attachment).values(text_tries=extracting.TRIES))
    session.commit()
    read_all()
    assert "слишком большой или сложный" in visitor.open(f"/practices/{practice.id}/edit").words


def test_the_command_reads_what_came_before_texts_were_read(published, app, session):
    published(papers.pdf("Кронштейн"), "Смета.pdf")
    session.execute(update(Attachment).values(text_state=None))
    session.commit()
    said = app.test_cli_runner().invoke(args=["attachments", "extract"])
    assert said.exit_code == 0 and "Прочитано файлов: 1." in said.output and texts(session) == ["Кронштейн"]
    assert "Прочитано файлов: 0." in app.test_cli_runner().invoke(args=["attachments", "extract"]).output


def test_reading_twice_leaves_one_text(published, app, session, read_all):
    published(papers.pdf("Кронштейн"), "Смета.pdf")
    for _ in range(2):
        session.execute(update(Attachment).values(text_state="waiting"))
        session.commit()
        read_all()
    assert texts(session) == ["Кронштейн"]
    with app.app_context():
        assert extracting.extract_due() == 0
        db.session.remove()
