"""«@handle» in what people write: a link where somebody is called so, told once, and names to complete it by."""

import pytest
from sqlalchemy import select

from forum.comments.actions import rewrite
from forum.comments.models import Comment
from forum.core.actor import SYSTEM
from forum.core.level import Level
from forum.core.text import mentioned, render
from forum.follows import subscribers
from forum.notifications import preferences
from forum.notifications.kinds import Way
from forum.trust.limits import MENTIONS

MENTION = "mention"


def known(handles):
    return [handle for handle in handles if handle.startswith("anna")]


STRANGE = (
    ["`@anna`", "```\n@anna\n```", "    @anna", "[@anna](/practices)", "> @anna", "a@anna.ru", "почта@anna", "@anna@mail", "\\@anna",
     "http://site.ru/@anna", "@annushka_x", "@petr", "@Анна", "@anna.ru", "![@anna](/files/1/a.png)"]
)  # fmt: skip


def test_code_links_quotations_addresses_and_strangers_stay_words():
    assert [text for text in STRANGE if mentioned(render(text, known)) or "/people/" in render(text, known)] == []


def test_a_handle_is_a_link_wherever_words_are():
    for text in ("@anna", "(@anna)", "**@anna**", "Спасибо, @Anna!", "@anna-", "@anna.", "- @anna\n", "|а|\n|-|\n|@anna|", "# @anna"):
        assert mentioned(render(text, known)) == ["anna"], text
        assert '<a href="/people/anna">@anna</a>' in render(text, known), text


def test_whoever_is_called_is_asked_once_and_for_no_more_than_fifty():
    asked = []
    render(" ".join(f"@anna-{number} @anna-1" for number in range(80)), lambda handles: asked.append(handles) or handles)
    assert [len(handles) for handles in asked] == [50]
    assert render("Без имён", lambda handles: pytest.fail("nobody is called")) == "<p>Без имён</p>\n"


def test_a_comment_and_a_practice_link_people_and_a_preview_does_so_too(make, sign_in, session):
    anna, ghost = make.person("Анна Ветрова", handle="anna-vetrova"), make.person(confirmed=False, handle="ghost")
    practice = make.practice(solution="Придумала @anna-vetrova, а @ghost не при чём")
    assert '<a href="/people/anna-vetrova">@anna-vetrova</a>, а @ghost' in practice.html["solution"]
    me = sign_in(make.person())
    me.post(f"/entries/{practice.id}/comments", 303, body="Спросите @anna-vetrova")
    comment = session.scalars(select(Comment)).one()
    assert '<a href="/people/anna-vetrova">' in comment.html and ghost.handle not in comment.html
    session.commit()
    assert "/people/anna-vetrova" in me.post("/preview", 200, text="@anna-vetrova").text
    assert anna.handle in me.open(f"/practices/{practice.id}/{practice.slug}").text


def test_the_mentioned_are_told_once_and_by_letter(make, session, work, told, letters):
    anna, boris, practice = make.person("Анна Ветрова"), make.person("Борис Второй"), make.practice("Светлые дворы")
    preferences.choose(session, boris.id, MENTION, Way.SITE)
    comment = make.comment(practice, f"@{anna.handle} и @{boris.handle}, и ещё раз @{anna.handle}", author=make.person("Вера Третья"))
    work()
    assert told(anna) == told(boris) == [MENTION]
    [(to, subject, text)] = [letter for letter in letters() if "упоминает" in letter[2]]
    assert (to, subject) == (anna.email, "Обсуждение практики «Светлые дворы»")
    assert "Вера Третья упоминает вас в обсуждении практики «Светлые дворы»" in text and f"/comments/{comment.id}" in text
    rewrite(comment, f"@{anna.handle}, @{boris.handle}, а теперь и @{(new := make.person('Глеб')).handle}", make.actor(comment.author))
    work()
    assert told(anna) == told(boris) == told(new) == [MENTION]


def test_nobody_is_told_of_their_own_words_or_twice_of_an_answer(make, work, told):
    practice = make.practice()
    first = make.comment(practice, author=make.person("Анна Первая"))
    work()
    me = make.person("Борис Второй")
    make.comment(practice, f"@{me.handle} отвечает @{first.author.handle} и @{practice.author.handle}", parent=first, author=me)
    work()
    assert told(me) == [] and told(first.author) == ["comment.published"] and told(practice.author) == ["comment.published"] * 2


def test_a_text_tells_some_at_most_and_a_newcomers_fewer(make, work, told, monkeypatch):
    assert MENTIONS == {Level.NEWCOMER: 3, Level.KNOWN: 10, Level.TRUSTED: 10}
    monkeypatch.setattr(subscribers, "MENTIONS", {Level.NEWCOMER: 1, Level.KNOWN: 3, Level.TRUSTED: 3})
    people, practice = [make.person() for _ in range(4)], make.practice()
    crowd = " ".join(f"@{person.handle}" for person in people)
    comment = make.comment(practice, crowd)
    work()
    assert sum(len(told(person)) for person in people) == 3
    rewrite(comment, f"Ещё раз {crowd}", make.actor(comment.author))
    work()
    assert sum(len(told(person)) for person in people) == 3
    newcomer = make.comment(practice, crowd, author=make.person(trusted=False), state="waiting")
    work()
    assert sum(len(told(person)) for person in people) == 3
    newcomer.approve(by=make.actor(make.moderator()))
    work()
    assert sum(len(told(person)) for person in people) == 4


def test_what_has_gone_meanwhile_is_told_to_nobody(make, session, work, told, letters):
    anna = make.person("Анна Ветрова")
    make.practice(problem=f"@{anna.handle}").hide(by=SYSTEM, reason="Реклама")
    under = make.practice()
    make.comment(under, f"@{anna.handle}")
    under.hide(by=SYSTEM, reason="Реклама")
    make.practice(state="draft", problem=f"@{anna.handle}")
    work()
    assert told(anna) == [] and not any(to == anna.email for to, _, _ in letters())


def test_an_edited_practice_tells_only_the_newly_mentioned(make, visitor, work, told):
    anna, boris = make.person("Анна Ветрова"), make.person("Борис Второй")
    practice = make.practice(solution=f"Помогла @{anna.handle}")
    work()
    visitor.sign_in(practice.author)
    form = visitor.open(f"/practices/{practice.id}/edit").form(f"/practices/{practice.id}/edit")
    visitor.post(f"/practices/{practice.id}/edit", 303, data=form | {"results": f"Проверил @{boris.handle}"})
    work()
    assert told(anna) == told(boris) == [MENTION]


@pytest.fixture
def complete(visitor):
    def go(**asked):
        answer = visitor.client.get("/people/completions", query_string=asked, headers={"Accept": "application/json"})
        assert answer.status_code == 200
        return [item["handle"] for item in answer.json["items"]]

    return go


def test_names_and_handles_go_on_from_their_beginnings(make, sign_in, complete):
    make.person("Семён Орлов", handle="semen-orlov", position="Инженер", municipality=make.place("Обнинск"))
    make.person("Семёнова Ольга", handle="olga", municipality=make.place("Боровск"))
    make.person("Семён Тайный", handle="secret", confirmed=False)
    me = sign_in(make.person("Семён Свой", handle="own"))
    assert complete(q="семен") == complete(q="СЕМЁН") == ["semen-orlov", "olga"]
    assert complete(q="@semen-o") == complete(q="орл") == complete(q="орлов сем") == ["semen-orlov"]
    assert complete(q="") == complete(q="мен") == complete(q="ъ" * 5000) == []
    answer = me.client.get("/people/completions?q=орлов").json
    assert answer == {"items": [{"handle": "semen-orlov", "name": "Семён Орлов", "note": "Инженер, Обнинск"}]}


def test_who_speaks_in_the_discussion_comes_first_and_eight_are_enough(make, sign_in, complete):
    for number in range(9):
        make.person("Павел Другой", handle=f"pavel-{number}")
    practice = make.practice(author=make.person("Павел Автор", handle="author"))
    make.comment(practice, author=make.person("Павел Говорящий", handle="speaker"))
    make.comment(practice, author=make.person("Игорь Молчун", handle="igor"), state="waiting")
    secret = make.practice(state="draft", author=make.person("Павел Тихий", handle="quiet"))
    sign_in(make.person())
    assert complete(q="пав", entry=practice.id)[:2] == ["speaker", "author"] and len(complete(q="пав", entry=practice.id)) == 8
    assert complete(entry=practice.id) == ["speaker", "author"]
    assert complete(entry=secret.id) == complete(entry="x") == []


def test_completion_is_for_members_only_and_costs_little(make, browser, visitor, sign_in, count_queries):
    assert browser().client.get("/people/completions?q=а", headers={"Accept": "application/json"}).status_code == 401
    practice = make.practice()
    make.comment(practice)
    sign_in(make.person())
    visitor.client.get("/people/completions?q=ан")
    assert count_queries(lambda: visitor.client.get(f"/people/completions?q=ан&entry={practice.id}")) <= 6
