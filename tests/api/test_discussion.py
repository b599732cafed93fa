"""Comments and votes of programs, by the rules of the pages."""

import pytest
from sqlalchemy import func, select

from forum.comments.models import Comment
from forum.core.actor import SYSTEM
from forum.votes.models import Vote


def test_a_comment_and_an_answer(program, guest, make):
    practice, colleague = make.practice(), make.person("Анна Ветрова")
    one = program(colleague)
    response = one.ask("POST", f"/entries/{practice.id}/comments", 201, json={"body": "Сколько **стоило**?"})
    first = response.json
    assert response.headers["Location"] == f"/comments/{first['id']}" == first["url"]
    assert first["author"] == {"name": "Анна Ветрова", "handle": colleague.handle} and first["state"] == "published"
    answer = program(practice.author).post(f"/entries/{practice.id}/comments", {"body": "Миллион.", "parent": first["id"]})
    assert (answer["parent"], answer["thread"], answer["on"]) == (first["id"], first["id"], practice.id)
    assert [c["body"] for c in guest.get(f"/practices/{practice.id}/comments")["items"]] == ["Сколько **стоило**?", "Миллион."]
    assert guest.get(f"/practices/{practice.id}")["comments_count"] == 2


WRONG = [
    ({}, "body"), ({"body": None}, "body"), ({"body": 5}, "body"), ({"body": "x", "parent": "1"}, "parent"),
    ({"body": "x", "parent": 1.5}, "parent"), ({"body": "x", "parent": 0}, "parent"), ({"body": "x", "parent": 10**20}, "parent"),
    ({"body": "x", "author": 1}, "author"), ({"body": "x", "state": "published"}, "state"),
]  # fmt: skip


def test_wrong_comments_are_named_at_their_field(program, make, session):
    practice, one = make.practice(), program(make.person())
    for given, named in WRONG:
        assert set(one.post(f"/entries/{practice.id}/comments", given, expect=422)["errors"]) == {named}
    assert session.scalar(select(func.count()).select_from(Comment)) == 0


@pytest.mark.parametrize(("body", "code"), [(" \n ", "comment.empty"), ("x" * 20_001, "comment.too_long")])
def test_rules_of_the_domain_are_named(program, make, body, code):
    practice = make.practice()
    problem = program(make.person()).post(f"/entries/{practice.id}/comments", {"body": body}, expect=422)
    assert (problem["code"], problem["field"]) == (code, "body") and problem["detail"]


def test_a_locked_discussion_and_a_comment_take_no_comments(program, make, session):
    practice = make.practice()
    comment = make.comment(practice)
    one = program(make.person())
    one.post(f"/entries/{comment.id}/comments", {"body": "Под комментарием"}, expect=403)
    elsewhere = make.comment(make.practice())
    assert one.post(f"/entries/{practice.id}/comments", {"body": "x", "parent": elsewhere.id}, expect=422)["code"] == "comment.parent_gone"
    practice.lock(by=SYSTEM, locked=True, reason="Спор")
    session.commit()
    assert one.post(f"/entries/{practice.id}/comments", {"body": "x"}, expect=422)["code"] == "comment.locked"


def test_a_newcomers_comment_waits(program, guest, make):
    practice = make.practice()
    newcomer = program(make.person(trusted=False))
    made = newcomer.post(f"/entries/{practice.id}/comments", {"body": "Первый"})
    assert made["state"] == "waiting" and guest.get(f"/practices/{practice.id}/comments")["items"] == []
    assert [one["id"] for one in newcomer.get(f"/practices/{practice.id}/comments")["items"]] == [made["id"]]


def test_one_vote_a_person_that_may_change(program, make, session):
    practice = make.practice()
    one, other = program(make.person()), program(make.person())
    path = f"/entries/{practice.id}/vote"
    assert one.put(path, {"value": 1}) == {"score": 1, "value": 1, "ups": 1, "downs": 0}
    assert one.put(path, {"value": 1})["score"] == 1
    assert other.put(path, {"value": 1})["score"] == 2
    assert one.put(path, {"value": -1})["score"] == 0
    assert one.put(path, {"value": 0})["score"] == 1
    assert session.scalar(select(func.count()).select_from(Vote)) == 1


def test_a_comment_is_voted_on_too(program, make):
    comment = make.comment(make.practice())
    assert program(make.person()).put(f"/entries/{comment.id}/vote", {"value": -1})["score"] == -1


def test_other_votes_are_refused(program, make, session):
    practice, one = make.practice(), program(make.person())
    for value in (2, -2, "1", 1.5, None, [1], {}, "", 10**30):
        assert set(one.put(f"/entries/{practice.id}/vote", {"value": value}, expect=422)["errors"]) == {"value"}
    assert session.scalar(select(func.count()).select_from(Vote)) == 0


def test_nobody_votes_on_their_own(program, make, session):
    practice = make.practice()
    assert program(practice.author).put(f"/entries/{practice.id}/vote", {"value": 1}, expect=403)["code"] == "vote.own"
    assert session.scalar(select(func.count()).select_from(Vote)) == 0
