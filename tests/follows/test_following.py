"""Following and muting through the pages: buttons, signing in on the way, the list of both."""

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError

from forum.follows import models
from forum.follows.models import Follow

JSON = {"Accept": "application/json"}


@pytest.fixture
def world(make):
    """One of each thing, and its page."""
    place = make.place("Обнинск")
    practice = make.practice("Светлые дворы", municipality=place, tags=["дворы"], author=make.person("Мария Ильина", municipality=place))
    tag, author = practice.tags[0], practice.author
    return {
        "entry": (practice.id, practice.id, f"/practices/{practice.id}/{practice.slug}"),
        "person": (author.handle, author.id, f"/people/{author.handle}"),
        "tag": (tag.slug, tag.id, f"/tags/{tag.slug}"),
        "region": ("40", "40", "/regions/40"),
        "municipality": (place.id, place.id, f"/municipalities/{place.id}"),
        "nomination": (1, 1, "/practices?nomination=1"),
    }


def test_a_button_on_each_page_follows_and_ends_it(make, sign_in, world, followed):
    me = sign_in(person := make.person())
    for kind, (key, value, page) in world.items():
        form = me.open(page).form("/follows")
        assert (form["kind"], form["key"], form["value"]) == (kind, str(key), "1")
        me.post("/follows", 303, data=form)
        assert (kind, value) in followed(person)
        form = me.open(page).form("/follows")
        assert form["value"] == "0", kind
        assert me.post("/follows", 200, data=form, headers=JSON).response.json == {"following": False}
        assert followed(person) == set()


def test_pressing_twice_follows_once(make, sign_in, world, followed):
    me = sign_in(person := make.person())
    for _ in range(2):
        assert me.post("/follows", 200, kind="region", key="40", value="1", headers=JSON).response.json == {"following": True}
    assert followed(person) == {("region", "40")}


def test_what_a_guest_follows_is_followed_once_they_have_signed_in(make, visitor, world, followed):
    key, value, page = world["tag"]
    person = make.person()
    form = visitor.open(page).form("/follows")
    assert "csrf_token" not in form
    asked = visitor.post("/follows", 401, token=False, data=form)
    assert "Нажимать ещё раз не придётся" in asked.words
    visitor.post("/login", 303, data=asked.form("/login") | {"email": person.email, "password": "correct horse battery"}, token=False)
    assert followed(person) == {("tag", value)}
    visitor.signed_in = True
    assert visitor.open(page).form("/follows")["value"] == "0"


NOTHING = [("region", "99"), ("entry", "9" * 30), ("person", "nobody"), ("votes", "1"), ("", ""), ("tag", "\0")]


@pytest.mark.parametrize(("kind", "key"), NOTHING)
def test_what_does_not_exist_is_not_followed(make, sign_in, followed, kind, key):
    me = sign_in(person := make.person())
    me.post("/follows", 404, kind=kind, key=key)
    assert followed(person) == set()


def test_a_draft_of_another_and_a_comment_are_no_things_to_follow(make, sign_in, followed):
    draft, comment = make.practice(state="draft"), make.comment(make.practice())
    me = sign_in(person := make.person())
    for entry in (draft, comment):
        me.post("/follows", 404, kind="entry", key=str(entry.id))
    me.post(f"/entries/{draft.id}/mute", 404)
    assert followed(person) == set()


def test_nobody_follows_themselves_or_more_than_the_quota(make, sign_in, world, followed, monkeypatch):
    me = sign_in(person := make.person())
    assert "За собой" in me.post("/follows", 422, kind="person", key=person.handle).words
    monkeypatch.setattr(models, "QUOTA", 1)
    me.post("/follows", 303, kind="region", key="40")
    assert "больше нельзя" in me.post("/follows", 422, kind="nomination", key="1").words
    me.post("/follows", 303, kind="region", key="40")
    me.post("/follows", 303, kind="entry", key=str(world["entry"][0]))
    assert followed(person) == {("region", "40"), ("entry", world["entry"][1])}


def test_muting_is_shown_and_undone_and_wins_over_following(make, sign_in, world, followed):
    _, id, page = world["entry"]
    me = sign_in(person := make.person())
    me.post("/follows", 303, kind="entry", key=str(id))
    me.post(f"/entries/{id}/mute", 303, data=me.open(page).form("/mute"))
    shown = me.open(page)
    assert "Об этом обсуждении мы вам не сообщаем" in shown.words and "Вы следите" not in shown.words
    listed = me.open("/account/follows")
    assert "Об этих обсуждениях не сообщаем" in listed.words and "Обсуждения практик" not in listed.words
    me.post(f"/entries/{id}/mute", 303, data=listed.form("/mute"))
    assert followed(person) == {("entry", id)}
    assert me.open(page).form("/follows")["value"] == "0"


def test_following_again_ends_a_muting(make, sign_in, world, followed):
    _, id, _ = world["entry"]
    me = sign_in(person := make.person())
    assert me.post(f"/entries/{id}/mute", 200, headers=JSON).response.json == {"muted": True}
    me.post("/follows", 303, kind="entry", key=str(id))
    assert followed(person) == {("entry", id)}


def test_an_author_who_stops_following_wants_to_hear_nothing(make, sign_in, follow, followed):
    practice = make.practice()
    follow(practice.author, "entry", practice.id)
    me = sign_in(practice.author)
    me.post("/follows", 303, data=me.open(f"/practices/{practice.id}/{practice.slug}").form("/follows"))
    assert followed(practice.author) == {("muted", practice.id)}


def test_the_list_has_all_by_kind_and_stops_each(make, sign_in, world, follow, followed, count_queries):
    person = make.person()
    for kind, (_, value, _page) in world.items():
        follow(person, kind, value)
    me = sign_in(person)
    listed = me.open("/account/follows")
    for words in ("Мария Ильина", "дворы", "Калужская область", "Обнинск", "Номинация 1", "Светлые дворы"):
        assert words in listed.words
    assert {page for _, _, page in world.values()} <= {link.removesuffix("#discussion") for link in listed.links()}
    few = count_queries(lambda: me.open("/account/follows"))
    for _ in range(8):
        follow(person, "entry", make.practice(author=make.person()).id)
        follow(person, "person", make.person().id)
    assert count_queries(lambda: me.open("/account/follows")) == few <= 12
    me.post("/follows", 303, data=listed.form("/follows"))
    assert ("person", world["person"][1]) not in followed(person)


def test_pages_with_buttons_stay_within_their_budgets(make, sign_in, visitor, world, count_queries):
    for _, _, page in world.values():
        visitor.open(page)
        assert count_queries(lambda page=page: visitor.open(page)) <= 8
    sign_in(make.person())
    for _, _, page in world.values():
        visitor.open(page)
        assert count_queries(lambda page=page: visitor.open(page)) <= 12, page


def test_the_database_keeps_one_row_for_a_person_and_a_thing_and_one_thing_in_a_row(make, session):
    person = make.person()
    add = text("INSERT INTO follows (person_id, region_code, nomination_id, at) VALUES (:person, :region, :nomination, '2026-01-01')")
    make.nomination(1)
    for region, nomination, fails in (("40", None, False), ("40", None, True), ("40", 1, True), (None, None, True)):
        values = {"person": person.id, "region": region, "nomination": nomination}
        if fails:
            with pytest.raises(IntegrityError):
                session.execute(add, values)
            session.rollback()
        else:
            session.execute(add, values)
            session.commit()
    assert session.scalar(select(func.count()).select_from(Follow)) == 1
