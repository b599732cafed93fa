"""Keeping entries for later."""

from forum.bookmarks.queries import kept
from forum.core.actor import GUEST

JSON = {"Accept": "application/json"}


def test_keeping_and_keeping_no_longer(make, sign_in, session):
    person, practice, other = make.person(), make.practice("Тёплые остановки"), make.practice()
    me = sign_in(person)
    assert me.post(f"/entries/{practice.id}/bookmark", expect=303).response.location == f"/practices/{practice.id}/{practice.slug}"
    assert "Тёплые остановки" in me.open("/bookmarks").words
    assert kept(session, make.actor(person), [practice.id, other.id]) == {practice.id}
    session.commit()
    assert me.post(f"/entries/{practice.id}/bookmark", expect=200, headers=JSON).response.json == {"bookmarked": False}
    assert me.post(f"/entries/{practice.id}/bookmark", expect=200, headers=JSON).response.json == {"bookmarked": True}
    page = me.open("/bookmarks")
    me.post(f"/entries/{practice.id}/bookmark", expect=303, data=page.form(f"/entries/{practice.id}/bookmark"))
    assert "Здесь пока ничего нет" in me.open("/bookmarks").words


def test_comments_are_kept_too_with_what_they_are_about(make, sign_in):
    comment = make.comment(make.practice("Тёплые остановки"), "Счётчик экономии")
    me = sign_in(make.person())
    me.post(f"/entries/{comment.id}/bookmark", expect=303)
    page = me.open("/bookmarks")
    assert "Счётчик экономии" in page.words and "Тёплые остановки" in page.words and f"/comments/{comment.id}" in page.links()


def test_what_was_hidden_since_is_not_listed(make, sign_in, session):
    practice = make.practice("Исчезнувшая практика")
    comment = make.comment(practice, "Исчезнувшие слова")
    me = sign_in(make.person())
    for entry in (practice, comment):
        me.post(f"/entries/{entry.id}/bookmark", expect=303)
    practice.hide(by=make.actor(make.moderator()), reason="Реклама")
    session.commit()
    assert "счезнувш" not in me.open("/bookmarks").text
    me.post(f"/entries/{practice.id}/bookmark", expect=404)


def test_pages_list_each_once(make, sign_in):
    me, author = sign_in(make.person()), make.person()
    practices = [make.practice(f"Практика под номером {number}", author=author) for number in range(23)]
    for practice in practices:
        me.post(f"/entries/{practice.id}/bookmark", expect=303)
    first = me.open("/bookmarks")
    second = me.open(next(link for link in first.links() if "page=" in link))
    seen = [link for page in (first, second) for link in page.links() if link.startswith("/practices/") and link.count("/") == 3]
    assert seen == [f"/practices/{practice.id}/{practice.slug}" for practice in reversed(practices)]


def test_bookmarks_are_for_members_and_nobodys_but_ones_own(make, browser, session):
    practice = make.practice("Чужая закладка")
    browser().open("/bookmarks", expect=302)
    browser().sign_in(make.person()).post(f"/entries/{practice.id}/bookmark", expect=303)
    assert "Чужая закладка" not in browser().sign_in(make.person()).open("/bookmarks").text
    assert kept(session, GUEST, [practice.id]) == set()
