"""What is typed and not saved: working copies, two writers at once, the list of one's own."""

import pytest
from sqlalchemy import select

from forum.entries.models import WorkingCopy
from forum.practices.models import Practice
from tests.practices.cards import card, only

JSON = {"Accept": "application/json"}


@pytest.fixture
def author(make, sign_in):
    make.place("Обнинск")
    make.nomination(1)
    person = make.person("Мария Соколова")
    sign_in(person)
    return person


@pytest.fixture
def practice(make, author):
    return make.practice("Светлые дворы", author=author)


def copies(session) -> int:
    session.rollback()
    found = len(session.scalars(select(WorkingCopy)).all())
    session.rollback()
    return found


def test_typing_a_new_practice_makes_a_draft_for_it(author, visitor, session):
    begun = visitor.post("/drafts", 200, headers=JSON, data=card(title="Светлые", started="не месяц")).response.json
    draft = only(session)
    assert draft.state == "draft" and begun["url"] == f"/practices/{draft.id}/edit" and len(begun["saved_at"]) == 5
    saved = visitor.post(begun["autosave"], 200, headers=JSON, data=card(title="Светлые дворы", started="не месяц")).response.json
    assert set(saved) == {"saved_at", "copy"}
    page = visitor.open(begun["url"])
    assert "Восстановлены несохранённые правки" in page.words
    fields = page.form(begun["url"])
    assert (fields["title"], fields["started"]) == ("Светлые дворы", "не месяц")
    visitor.post(begun["url"], 303, data=fields | {"started": "", "action": "publish"})
    assert only(session).is_published and copies(session) == 0


def test_a_working_copy_can_be_thrown_away(practice, visitor, session):
    address = f"/practices/{practice.id}/working-copy"
    visitor.post(address, 200, headers=JSON, data=card(title="Другое"))
    assert visitor.open(f"/practices/{practice.id}/edit").form("/edit")["title"] == "Другое"
    assert only(session).title == "Светлые дворы"
    visitor.post(address, 303, discard="1")
    assert visitor.open(f"/practices/{practice.id}/edit").form("/edit")["title"] == "Светлые дворы"
    assert copies(session) == 0


def test_a_refused_form_is_kept_for_later(practice, visitor):
    fields = visitor.open(f"/practices/{practice.id}/edit").form("/edit")
    visitor.post(f"/practices/{practice.id}/edit", 422, data=fields | {"started": "когда-то", "lessons": "Лот был мал"})
    kept = visitor.open(f"/practices/{practice.id}/edit").form("/edit")
    assert (kept["started"], kept["lessons"]) == ("когда-то", "Лот был мал")


def test_the_copy_of_one_is_not_shown_to_another(practice, visitor, browser, make):
    visitor.post(f"/practices/{practice.id}/working-copy", 200, headers=JSON, data=card(title="Тайное"))
    page = browser().sign_in(make.moderator()).open(f"/practices/{practice.id}/edit")
    assert "Тайное" not in page.text


def test_two_writers_do_not_overwrite_each_other(practice, visitor, browser, make, session):
    address = f"/practices/{practice.id}/edit"
    moderator = browser().sign_in(make.moderator("Галина Миронова"))
    mine, theirs = visitor.open(address).form("/edit"), moderator.open(address).form("/edit")
    moderator.post(address, 303, data=theirs | {"results": "Расход упал на 52 %.", "reason": "Уточнила цифру"})
    page = visitor.post(address, 409, data=mine | {"results": "Расход упал вдвое, город сэкономил."})
    assert "Галина Миронова" in page.words and "на 52 %" in page.words
    assert only(session).results == "Расход упал на 52 %."
    again = page.form("/edit")
    assert again["results"] == "Расход упал вдвое, город сэкономил." and again["version"] != mine["version"]
    visitor.post(address, 303, data=again)
    assert only(session).results == "Расход упал вдвое, город сэкономил."


def test_an_edit_that_leaves_a_published_practice_incomplete_is_refused(practice, visitor, session):
    fields = visitor.open(f"/practices/{practice.id}/edit").form("/edit")
    page = visitor.post(f"/practices/{practice.id}/edit", 422, data=fields | {"solution": ""})
    assert "Опишите решение." in page.words
    assert only(session).solution


def test_the_list_of_drafts_says_why(author, visitor, make, session):
    make.practice("Скрытая", author=author, state="hidden")
    make.practice("Ждущая", author=author, state="waiting")
    make.practice("Отозванная", author=author, state="withdrawn")
    make.practice("Видимая", author=author)
    make.practice("Чужая", state="draft")
    words = visitor.open("/drafts").words
    assert "Скрытая" in words and "Модератор: Рекламный текст" in words and "Ждущая" in words and "Отозванная" in words
    assert "Видимая" not in words and "Чужая" not in words


def test_a_draft_is_deleted_and_brought_back(author, visitor, make, session):
    draft = make.practice("Черновик", author=author, state="draft")
    visitor.post(f"/entries/{draft.id}/withdrawal", 303, next="/drafts")
    assert only(session).state == "withdrawn"
    visitor.post(f"/practices/{draft.id}/publication", 303, published="0")
    assert only(session).state == "draft"


def test_unpublishing_hides_it_from_others(practice, visitor, browser, session):
    visitor.post(f"/practices/{practice.id}/publication", 303, action="withdraw")
    assert only(session).state == "draft"
    browser().open(f"/practices/{practice.id}/{practice.slug}", 404)


def test_what_a_moderator_hid_is_not_published_by_its_author(author, visitor, make, session):
    practice = make.practice(author=author, state="hidden")
    visitor.post(f"/practices/{practice.id}/publication", 403)
    visitor.open(f"/practices/{practice.id}/edit", 403)
    assert session.get(Practice, practice.id).state == "hidden"
