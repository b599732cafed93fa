"""One draft in two tabs: the second is told, and neither text is lost."""

import pytest

from tests.practices.cards import card, only

JSON = {"Accept": "application/json"}


@pytest.fixture
def draft(make, sign_in):
    make.place("Обнинск")
    make.nomination(1)
    author = make.person("Мария Соколова")
    sign_in(author)
    return make.practice("Светлые дворы", author=author, state="draft")


def autosave(visitor, draft, expect=200, **fields):
    return visitor.post(f"/practices/{draft.id}/working-copy", expect, headers=JSON, data=card(version="1", **fields)).response.json


def test_the_second_tab_is_refused_until_it_knows(draft, visitor):
    first = autosave(visitor, draft, tab="one", title="Из первой")
    refused = autosave(visitor, draft, 409, tab="two", title="Из второй")
    assert first["saved_at"] in refused["detail"] and refused["code"] == "draft.other_tab"
    assert visitor.open(f"/practices/{draft.id}/edit").form("/edit")["title"] == "Из первой"
    # The first goes on by its own name, and by the stamp it was told.
    second = autosave(visitor, draft, tab="one", title="Из первой ещё")
    assert autosave(visitor, draft, tab="two", copy=second["copy"], title="Из второй")["copy"] != second["copy"]


def test_writing_over_it_knowingly_keeps_the_other_text_as_a_version(draft, visitor):
    autosave(visitor, draft, tab="one", title="Из первой")
    autosave(visitor, draft, tab="two", over="1", title="Из второй")
    page = visitor.open(f"/practices/{draft.id}/edit")
    assert page.form("/edit")["title"] == "Из второй"
    assert "Из первой" in page.words


def test_saving_from_the_second_tab_asks_once(draft, visitor, session):
    address = f"/practices/{draft.id}/edit"
    stale = visitor.open(address).form("/edit")
    autosave(visitor, draft, tab="one", title="Из первой")
    asked = visitor.post(address, 409, data=stale | {"title": "Из второй", "tab": "two", "copy": "", "action": "save"})
    assert "В другой вкладке этот черновик правили позже" in asked.words and "Из первой" in asked.words
    fields = asked.form("/edit")
    assert fields["title"] == "Из второй" and only(session).title == "Светлые дворы"
    visitor.post(address, 303, data=fields | {"action": "save"})
    assert only(session).title == "Из второй"


def test_programs_that_name_no_tab_are_asked_nothing(draft, visitor):
    autosave(visitor, draft, tab="one", title="Из первой")
    autosave(visitor, draft, title="Из программы")


def test_the_page_after_saving_names_the_tab_whose_copies_can_go(draft, visitor):
    fields = visitor.open(f"/practices/{draft.id}/edit").form("/edit")
    visitor.post(f"/practices/{draft.id}/edit", 303, data=fields | {"tab": "one", "action": "draft"})
    page = visitor.open(f"/practices/{draft.id}/edit")
    assert 'data-taken="one"' in page.text and "one" not in page.words
    assert "data-taken" not in visitor.open(f"/practices/{draft.id}/edit").text
