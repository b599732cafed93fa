"""A person's page: practices, comments, and what others supported."""

from datetime import timedelta

import pytest

from forum.core.clock import now
from forum.extensions import db
from forum.personal_data.erasing import erase


@pytest.fixture
def writer(make, votes):
    """Somebody with one practice, two comments and votes for all but one."""
    person = make.person("Ольга Крайнова", position="Начальник отдела")
    practice = make.practice("Светлые дворы", author=person)
    first = make.comment(make.practice("Тёплая остановка"), "Считали вместе с соседями", author=person)
    make.comment(make.practice("Чистый берег"), "А кто убирает?", author=person)
    votes(practice, 3, 1)
    votes(first, 2)
    return person


def test_tabs_lead_to_all_they_wrote(visit, writer):
    page = visit(f"/people/{writer.handle}")
    assert [href for href in page.links() if "tab=" in href] == [f"/people/{writer.handle}?tab={name}" for name in ("comments", "thanks")]
    assert "Светлые дворы" in page.words and "Считали вместе" not in page.words
    words = visit(f"/people/{writer.handle}?tab=comments").words
    assert words.index("Чистый берег") < words.index("А кто убирает?") < words.index("Тёплая остановка") < words.index("Считали вместе")
    assert 'name="robots" content="noindex' in visit(f"/people/{writer.handle}?tab=comments").text
    assert "Светлые дворы" in visit(f"/people/{writer.handle}?tab=votes").words


def test_comments_are_paged_to_the_first(visit, make):
    person, practice = make.person(), make.practice()
    for number in range(25):
        make.comment(practice, f"Слово {number}.", author=person)
    page = visit(f"/people/{person.handle}?tab=comments")
    assert "Слово 24." in page.words and "Слово 4." not in page.words
    onward = visit(next(href for href in page.links() if "page=" in href))
    assert "Слово 4." in onward.words and "Слово 0." in onward.words and "Слово 24." not in onward.words


def test_support_is_told_in_numbers_and_never_by_whom(visit, sign_in, make, writer):
    for reader in (None, writer, make.moderator()):
        if reader is not None:
            sign_in(reader)
        page = visit(f"/people/{writer.handle}?tab=thanks")
        assert "практики3" in page.words and "комментарии2" in page.words
        assert page.words.index("Светлые дворы") < page.words.index("Считали вместе с соседями")
        assert "Чистый берег" not in page.words and "Тайный Голос" not in page.text


def test_what_guests_cannot_read_supports_nothing(visit, session, make, writer, votes):
    hidden = make.practice("Спорный забор", author=writer)
    votes(hidden, 9)
    hidden.hide(by=make.actor(make.moderator()), reason="Реклама")
    session.commit()
    assert "Спорный забор" not in visit(f"/people/{writer.handle}?tab=thanks").words
    assert "Поддержка5" in visit(f"/people/{writer.handle}").words


def test_an_erased_person_leaves_a_page_without_a_person(app, visit, session, writer):
    with app.app_context():
        erase(db.session(), writer.id)
        db.session.commit()
    page = visit(f"/people/deleted-{writer.id}")
    assert page.heading == "Удалённый участник" and "Учётной записи больше нет" in page.words
    assert "Светлые дворы" in page.words and "На площадке" not in page.words
    assert not [form for form in page.tree.find(".//main").iter("form") if form.get("action") == "/follows"]


def test_a_suspension_is_nobody_elses_business(visit, session, writer):
    before = visit(f"/people/{writer.handle}").words
    writer.suspended_until, writer.suspended_reason = now() + timedelta(days=3), "Грубость"
    session.commit()
    assert visit(f"/people/{writer.handle}").words == before
