"""What a document is, until when it is good and how it may be used: said in the form, shown, and kept in the history."""

import io

import pytest

from forum.attachments.naming import guessed_kind
from tests.attachments import papers
from tests.practices.cards import card, only


@pytest.fixture
def practice(make, sign_in, visitor, session):
    make.place("Обнинск")
    make.nomination(1)
    sign_in(make.person("Мария Соколова"))
    visitor.post("/practices/new", 303, data=card(files=(io.BytesIO(papers.pdf("Смета")), "Смета.pdf")))
    return only(session)


def change(visitor, practice, expect=303, **values):
    address = f"/practices/{practice.id}/edit"
    fields = visitor.open(address).form("/edit")
    return visitor.post(address, expect, data=fields | {f"attachments-0-{name}": value for name, value in values.items()})


def test_a_description_is_kept_shown_and_in_the_history(practice, visitor, browser):
    assert visitor.open(f"/practices/{practice.id}/edit").form("/edit")["attachments-0-kind"] == "estimate"
    change(visitor, practice, kind="act", licence="credit", until="31.12.2020")
    page = browser().open(f"/practices/{practice.id}/{practice.slug}")
    assert "Постановление, правовой акт" in page.words and "срок действия истёк 31 декабря 2020" in page.words.replace("\xa0", " ")
    assert "можно использовать: с указанием источника" in page.words and "назовите муниципалитет" in page.words
    history = browser().open(f"/practices/{practice.id}/history/2").words.replace("\xa0", " ")
    assert "Документы" in history and "действует до 31 декабря 2020" in history and "Постановление" in history
    (document,) = browser().client.get(f"/api/v1/practices/{practice.id}").json["documents"]
    assert (document["kind"], document["licence"], document["valid_until"]) == ("act", "credit", "2020-12-31")


def test_a_save_that_changes_nothing_makes_no_revision(practice, visitor):
    change(visitor, practice)
    visitor.open(f"/practices/{practice.id}/history/2", 404)


def test_a_day_that_is_none_is_said_at_its_field_and_stays_there(practice, visitor):
    page = change(visitor, practice, 422, until="32.13.2026", kind="terms")
    assert "Нужна дата" in page.words and "#attachments-0-until" in page.links()
    fields = page.form("/edit")
    assert fields["attachments-0-until"] == "32.13.2026" and fields["attachments-0-kind"] == "terms"
    page = change(visitor, practice, 422, licence="всё")
    assert "Выберите из списка" in page.words


def test_who_does_not_speak_of_documents_changes_nothing_of_them(practice, visitor):
    change(visitor, practice, kind="contract", licence="free")
    address = f"/practices/{practice.id}/edit"
    old = {name: value for name, value in visitor.open(address).form("/edit").items() if not name.startswith("attachments")}
    visitor.post(address, 303, data=old | {"summary": "Коротко о другом."})
    assert visitor.open(address).form("/edit")["attachments-0-kind"] == "contract"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Постановление № 15 о дворах.pdf", "act"),
        ("ТЗ_освещение.docx", "terms"),
        ("Приложение 2. Локальная смета.xlsx", "estimate"),
        ("муниципальный контракт.pdf", "contract"),
        ("Положение о ТОС.odt", "regulation"),
        ("презентация.pdf", "slides"),
        ("отзыв жителя.txt", "other"),
    ],
)
def test_a_name_hints_at_the_kind(name, kind):
    assert guessed_kind(name) == kind
