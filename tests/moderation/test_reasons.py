"""Templates of reasons: who writes them, and how they get into a decision."""

import pytest
from sqlalchemy import func, select

from forum.core.events import Event
from forum.entries.models import Entry
from forum.moderation.reasons import ReasonTemplate, compose

TEXT = "Правило «Без рекламы»: уберите цены."


@pytest.fixture
def moderator(make, browser):
    return browser().sign_in(make.moderator(region="69"))


@pytest.fixture
def template(session):
    made = ReasonTemplate(title="Проверочная причина", text=TEXT, acts=["hide", "warn"])
    session.add(made)
    session.commit()
    return made


@pytest.mark.parametrize(
    ("template", "typed", "whole"),
    [
        (TEXT, "", TEXT), ("", "Сам", "Сам"), (TEXT, "Ссылка в конце.", f"{TEXT}\n\nСсылка в конце."),
        (TEXT, f"{TEXT} И ссылки.", f"{TEXT} И ссылки."), ("", " ", ""),
    ],
)  # fmt: skip
def test_the_template_stands_before_what_was_typed(template, typed, whole):
    assert compose(template, typed) == whole


def test_a_dozen_come_with_the_site(session):
    found = session.scalars(select(ReasonTemplate)).all()
    assert len(found) >= 12 and all(one.acts and "Правило" in one.text or "правил" in one.text for one in found)


def test_a_step_takes_the_chosen_template(make, session, moderator, template):
    practice = make.practice()
    page = moderator.open(f"/practices/{practice.id}/{practice.slug}")
    assert "Проверочная причина" in page.text
    moderator.post(f"/entries/{practice.id}/hiding", template=str(template.id), reason="Ссылка в конце.")
    assert session.scalar(select(Entry.note).where(Entry.id == practice.id)) == f"{TEXT}\n\nСсылка в конце."


def test_a_template_is_offered_where_it_is_meant_for(make, moderator, template):
    person = make.person()
    assert "Проверочная причина" in moderator.open(f"/people/{person.handle}/warning").text
    assert "Проверочная причина" not in moderator.open(f"/people/{person.handle}/silence").text


def test_a_template_that_is_gone_stops_the_step_and_keeps_the_words(make, session, moderator):
    person = make.person()
    page = moderator.post(f"/people/{person.handle}/silence", expect=422, template="99999", reason="Мои слова", days="3")
    assert "Такого шаблона больше нет" in page.words and "Мои слова" in page.text


def test_moderators_of_the_whole_site_write_templates(session, moderator):
    fields = {"title": "Дубль", "text": "Уже есть такая.", "acts": ["merge", "bogus"]}
    assert "Напишите текст" in moderator.post("/moderation/reasons", expect=422, data=fields | {"text": ""}).words
    assert "Отметьте хотя бы одно" in moderator.post("/moderation/reasons", expect=422, data=fields | {"acts": []}).words
    moderator.post("/moderation/reasons", data=fields)
    made = session.scalar(select(ReasonTemplate).where(ReasonTemplate.title == "Дубль"))
    session.commit()
    assert made.acts == ["merge"]
    form = moderator.open(f"/moderation/reasons/{made.id}").form(f"/reasons/{made.id}")
    moderator.post(f"/moderation/reasons/{made.id}", data=form | {"title": "Повторы"})
    assert "Повторы" in moderator.open("/moderation/reasons").words
    moderator.post(f"/moderation/reasons/{made.id}/removal")
    assert "Повторы" not in moderator.open("/moderation/reasons").words.replace("Убрано: Повторы", "")
    assert session.scalar(select(func.count()).select_from(Event).where(Event.kind.startswith("moderation.reason_"))) == 3


def test_regional_moderators_only_use_them(make, browser, template):
    regional = browser().sign_in(make.moderator(regions=["40"]))
    assert "Проверочная причина" in regional.open("/moderation/reasons").words
    for address in ("/moderation/reasons/new", f"/moderation/reasons/{template.id}"):
        regional.open(address, expect=403)
    regional.post("/moderation/reasons", expect=403, title="А", text="Б", acts="hide")
    regional.post(f"/moderation/reasons/{template.id}", expect=403, title="А", text="Б", acts="hide")
    regional.post(f"/moderation/reasons/{template.id}/removal", expect=403)
