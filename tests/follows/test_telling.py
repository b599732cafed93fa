"""Who is told of what appears: followers once, whatever number of reasons; nobody who wants to hear nothing."""

import pytest
from sqlalchemy import select

from forum.core import events
from forum.core.actor import SYSTEM
from forum.core.events import Event
from forum.follows import models, subscribers
from forum.follows.subscribers import COMMENT, PRACTICE
from forum.moderation import merging


def test_followers_of_a_practice_are_told_once_whatever_the_reasons(make, follow, work, told):
    place, author = make.place("Обнинск"), make.person("Мария Ильина")
    older = make.practice(municipality=place, tags=["дворы", "свет"], author=author)
    work()
    many, one, nobody = make.person("Павел Многий"), make.person("Анна Первая"), make.person("Игорь Чужой")
    for kind, key in (("person", author.id), ("region", "40"), ("municipality", place.id), ("nomination", 1)):
        follow(many, kind, key)
    for tag in older.tags:
        follow(many, "tag", tag.id)
        follow(one, "tag", tag.id)
    follow(nobody, "nomination", make.nomination(2).id)
    follow(author, "region", "40")
    make.practice(municipality=place, tags=["дворы", "свет"], author=author)
    work()
    assert (told(many), told(one), told(nobody), told(author)) == ([PRACTICE], [PRACTICE], [], [])


def test_a_practice_that_waits_is_told_when_it_appears_and_one_shown_again_is_not(make, session, follow, work, told):
    person = make.person()
    follow(person, "region", "40")
    practice = make.practice(state="waiting", author=make.person(trusted=False))
    work()
    assert told(person) == []
    practice.approve(by=make.actor(make.moderator()))
    work()
    practice.hide(by=SYSTEM, reason="Реклама")
    practice.restore(by=SYSTEM)
    work()
    assert told(person) == [PRACTICE]


def test_a_practice_hidden_before_the_delivery_is_told_to_nobody(make, follow, work, told):
    person = make.person()
    follow(person, "region", "40")
    make.practice(state="hidden")
    work()
    assert told(person) == []


def test_followers_of_a_discussion_are_told_of_a_comment_and_nobody_twice(make, follow, work, told):
    practice = make.practice()
    first = make.comment(practice, author=make.person("Анна Первая"))
    work()
    follower = make.person("Павел Внимательный")
    follow(follower, "entry", practice.id)
    answer = make.comment(practice, f"Согласен, @{follower.handle}", parent=first, author=make.person("Борис Второй"))
    work()
    assert told(follower) == ["mention"]
    assert told(first.author) == told(practice.author)[1:] == ["comment.published"]
    assert told(answer.author) == []
    make.comment(practice, "Ещё одно", author=make.person("Вера Третья"))
    work()
    assert told(follower) == ["mention", COMMENT]
    assert told(first.author) == ["comment.published", COMMENT] and told(answer.author) == [COMMENT]


def test_authors_follow_their_practices_and_who_comments_the_discussion(make, work, followed):
    practice, quiet = make.practice(), make.person(follows_discussions=False)
    author, writer = practice.author, make.person()
    for person in (writer, quiet):
        make.comment(practice, author=person)
    work()
    assert followed(author) == followed(writer) == {("entry", practice.id)}
    assert followed(quiet) == set()


def test_the_setting_keeps_discussions_out(make, sign_in, work, followed):
    person, practice = make.person(), make.practice()
    me = sign_in(person)
    form = me.open("/account").form("/account")
    del form["follows_discussions"]
    me.post("/account", 302, data=form)
    me.post(f"/entries/{practice.id}/comments", 303, body="Сколько это стоило?")
    work()
    assert followed(person) == set()


def test_of_a_muted_discussion_nothing_is_told(make, session, follow, work, told, letters):
    practice, follower = make.practice(), make.person("Павел Внимательный")
    mine = make.comment(practice, author=make.person("Анна Первая"))
    work()
    follow(follower, "entry", practice.id)
    for person in (follower, mine.author, practice.author):
        models.mute(session, make.actor(person), practice.id)
    before = len(told(practice.author))
    make.comment(practice, f"Ответ вам, @{follower.handle}", parent=mine, author=make.person("Борис Второй"))
    work()
    assert (told(follower), told(mine.author), len(told(practice.author))) == ([], [], before)
    assert not any("Борис" in subject for _, subject, _ in letters())
    practice.hide(by=SYSTEM, reason="Реклама")
    work()
    assert told(practice.author)[before:] == ["moderation.hidden"]
    make.comment(make.practice(), f"А здесь слышно, @{follower.handle}", author=make.person("Вера Третья"))
    work()
    assert told(follower) == ["mention"]


def test_many_followers_are_told_in_batches_each_once(make, session, follow, work, told, monkeypatch):
    monkeypatch.setattr(subscribers, "BATCH", 2)
    people = [make.person() for _ in range(5)]
    for person in people:
        follow(person, "region", "40")
        follow(person, "nomination", make.nomination(1).id)
    make.practice()
    work()
    assert [told(person) for person in people] == [[PRACTICE]] * 5
    assert len(session.scalars(select(Event).where(Event.kind == PRACTICE)).all()) == 3


def test_a_crash_in_the_middle_tells_later_and_once(make, session, follow, work, told, monkeypatch):
    monkeypatch.setattr(subscribers, "BATCH", 1)
    people = [make.person() for _ in range(2)]
    for person in people:
        follow(person, "region", "40")
    name = f"{subscribers.__name__}.tell_followers"
    handler, calls = events._functions[name], []

    def crash_once(session, event):
        handler(session, event)
        calls.append(event.id)
        if len(calls) == 1:
            raise ConnectionError("the line broke")

    monkeypatch.setitem(events._functions, name, crash_once)
    make.practice()
    work()
    assert [told(person) for person in people] == [[], []]
    work(later=True)
    assert [told(person) for person in people] == [[PRACTICE], [PRACTICE]]
    for event in session.scalars(select(Event).where(Event.kind.in_([PRACTICE, "practice.published"])).order_by(Event.id)).all():
        (subscribers.spread if event.kind == "practice.published" else handler)(session, event)
    work()
    assert [told(person) for person in people] == [[PRACTICE], [PRACTICE]]


def test_notices_say_what_it_is_about(make, sign_in, follow, work):
    person, practice = make.person("Павел Внимательный"), make.practice("Светлые дворы", author=make.person("Мария Ильина"))
    follow(person, "entry", practice.id)
    follow(person, "person", practice.author_id)
    make.comment(practice, "Сколько стоило?", author=make.person("Анна Ветрова"))
    make.comment(practice, f"@{person.handle}, взгляните", author=make.person("Борис Второй"))
    make.practice("Тёплые школы", author=practice.author, solution=f"Спасибо @{make.person().handle}")
    work()
    words = sign_in(person).open("/notifications").words
    assert "Анна Ветрова – новый комментарий к практике «Светлые дворы», за которой вы следите" in words
    assert "Борис Второй упоминает вас в обсуждении практики «Светлые дворы»" in words
    assert "Мария Ильина – новая практика «Тёплые школы» в вашей ленте подписок" in words


@pytest.mark.parametrize("kind", ["follows", "mutes"])
def test_a_merge_takes_followers_along_and_an_undoing_gives_them_back(make, session, follow, followed, kind):
    gone, kept, person, moderator = make.practice("Дворы"), make.practice("Светлые дворы"), make.person(), make.moderator()
    if kind == "follows":
        follow(person, "entry", gone.id)
    else:
        models.mute(session, make.actor(person), gone.id)
        session.commit()
    mark = "entry" if kind == "follows" else "muted"
    merging.merge(session, gone, kept, make.actor(moderator), "Одно и то же", [])
    session.commit()
    assert followed(person) == {(mark, kept.id)}
    said = events.latest(session, "moderation.merged", gone.id).data
    merging.part(session, gone, kept, said)
    session.commit()
    assert followed(person) == {(mark, gone.id)}
