"""Every address that changes something, by everybody who may not."""

import re
from datetime import timedelta

import pytest

from forum.core.clock import now

OPEN = {
    "/login",
    "/login/code",
    "/login/outside/link",
    "/login/outside/join",
    "/register",
    "/reset",
    "/language",
    "/compare",
    "/display",
    "/town",
    "/confirm/<token>",
    "/reset/<token>",
    "/searches/letters/<token>",
    "/letters/off/<token>",
    "/letters/address/<token>",
    "/email/<token>",
    "/email/refusal/<token>",
    "/invitations/<token>",
}
# What a person may still do with what is only their own, although they may write nothing.
OWN = {
    "/logout", "/account", "/account/password", "/account/confirmation", "/notifications/reading", "/notifications/<int:id>/reading",
    "/preview", "/account/warnings/reading", "/account/tokens/<int:id>/revocation", "/entries/<int:id>/bookmark", "/searches", "/follows",
    "/entries/<int:id>/mute",
    "/account/consent", "/account/email", "/account/sessions/ending", "/account/sessions/<int:id>/ending",
    "/account/second-factor", "/account/second-factor/recovery-codes", "/account/second-factor/removal",
    "/searches/<int:id>/mail", "/searches/<int:id>/removal", "/search/recent/removal",
    "/notifications/settings", "/letters/address",
    "/account/identities/<int:id>/removal", "/tour/dismissal", "/account/data/copies", "/account/erasure", "/account/erasure/cancellation",
}  # fmt: skip


def _posts(app) -> dict[str, str]:
    return {rule.rule: rule.endpoint for rule in app.url_map.iter_rules() if "POST" in rule.methods and not rule.rule.startswith("/api/")}


def _filled(rule: str, practice, person) -> str:
    values = {"id": str(practice.id), "number": "1", "handle": person.handle, "token": "x", "domain": "a.ru", "name": "a"}
    return re.sub(r"<(?:[^:<>]*:)?(\w+)>", lambda match: values.get(match[1], "1"), rule)


@pytest.fixture
def practice(make):
    return make.practice(author=make.person("Другая Хозяйка"))


def test_no_post_works_without_a_token(app, visitor, make, practice, counts):
    person, form = make.person(), {"value": "1", "body": "Ау", "reason": "spam", "title": "а"}
    visitor.sign_in(make.admin())
    before = counts()
    for rule in _posts(app):
        answer = visitor.client.post(_filled(rule, practice, person), data=form)
        # The signed link of a letter is its own proof; this one is not signed.
        expected = {"/language": 302, "/display": 303, "/town": 422, "/letters/off/<token>": 410}.get(rule, 400)
        assert answer.status_code in (400, expected), (rule, answer.status_code)
    assert counts() == before


@pytest.mark.parametrize("who", ["suspended", "unconfirmed", "suspended moderator", "suspended admin"])
def test_who_may_not_write_changes_nothing(app, visitor, make, session, practice, counts, who):
    kind = make.moderator if "moderator" in who else make.admin if "admin" in who else make.person
    person, other = kind(confirmed=who != "unconfirmed"), make.person()
    if "suspended" in who:
        person.suspended_until = now() + timedelta(days=3)
        session.commit()
    visitor.sign_in(person)
    token, before = visitor.token(), counts()
    form = {"csrf_token": token, "value": "1", "body": "Ау", "reason": "spam", "title": "а", "days": "3", "role": "admin", "domain": "b.ru",
            "action": "draft", "name": "а", "scope": "write", "note": "а", "locked": "1"}  # fmt: skip
    for rule in _posts(app).keys() - OPEN - OWN:
        answer = visitor.client.post(_filled(rule, practice, other), data=form)
        assert answer.status_code in (403, 404), (rule, answer.status_code)
    assert counts() == before


def test_who_is_suspended_tells_nothing_new_on_a_public_page(visitor, make, session, browser):
    person = make.person("Игорь Резкий")
    person.suspended_until = now() + timedelta(days=3)
    session.commit()
    visitor.sign_in(person)
    form = visitor.open("/account").form("/account")
    visitor.post("/account", 422, data=form | {"about": "Всё равно напишу"})
    assert "Всё равно" not in browser().open(f"/people/{person.handle}").text
    visitor.post("/account", 302, data=form | {"lang": "en"})
    session.expire_all()
    assert session.merge(person).lang == "en"


def test_extra_fields_make_nobody_more(visitor, make, session, fields):
    person = make.person(trusted=False)
    visitor.sign_in(person)
    more = {"author_id": "1", "state": "published", "score": "99", "role": "admin", "trusted": "1", "verified_at": "2020-01-01", "id": "1",
            "approved_posts": "9", "session_epoch": "1", "published_at": "2020-01-01", "locked": "1"}  # fmt: skip
    visitor.post("/practices/new", 303, data=fields | more)
    visitor.post("/account", 302, data=visitor.open("/account").form("/account") | more)
    session.expire_all()
    person = session.merge(person)
    assert (person.role, person.verified_at, person.approved_posts) == ("employee", None, 0)
    assert "Ждут проверки 1" in visitor.open("/drafts").words


def test_a_key_reaches_no_further_than_its_owner_said(app, make, key, practice, counts):
    client, person = app.test_client(), make.person()
    reading = key(person, "read")
    before = counts()
    card = {"title": "а", "publish": True}
    for headers in (reading, {}, {"Authorization": "Bearer mp_wrong"}):
        for method, path, body in (
            ("POST", "practices", card), ("PATCH", f"practices/{practice.id}", card), ("PUT", f"entries/{practice.id}/vote", {"value": 1}),
            ("POST", f"entries/{practice.id}/comments", {"body": "Ау"}),
        ):  # fmt: skip
            assert client.open(f"/api/v1/{path}", method=method, json=body, headers=headers).status_code in (401, 403)
    assert counts() == before
    writing = key(person)
    assert client.patch(f"/api/v1/practices/{practice.id}", json=card, headers=writing).status_code == 403
    for extra in ({"author_id": 1}, {"state": "published"}, {"score": 9}, {"listed_at": "2020-01-01"}, {"id": 1}):
        assert client.post("/api/v1/practices", json={"title": "а"} | extra, headers=writing).status_code == 422


def test_a_cookie_is_no_key(visitor, make, practice):
    visitor.sign_in(make.person())
    assert visitor.client.put(f"/api/v1/entries/{practice.id}/vote", json={"value": 1}).status_code == 401
    assert visitor.client.get("/account/export", headers={"Authorization": "Bearer x"}).status_code == 200


def test_others_things_are_out_of_reach(visitor, make, session, key):
    owner, person = make.person(), make.person()
    key(owner)
    comment = make.comment(make.practice(author=owner), author=owner)
    visitor.sign_in(person)
    for address in ("/account/tokens/1/revocation", "/practices/1/history/1"):
        assert visitor.post(address, 404 if "tokens" in address else 403).status
    visitor.post(f"/comments/{comment.id}/edit", 403, body="Чужое")
    visitor.post(f"/entries/{comment.id}/withdrawal", 403)
    visitor.post(f"/practices/{comment.root_id}/publication", 403, published="0")
    visitor.post(f"/practices/{comment.root_id}/working-copy", 403, title="Чужое")
    make.place("Тверь", region="69")
    foreign = make.moderator(regions=["69"])
    visitor.sign_out()
    visitor.sign_in(foreign)
    for step in ("hiding", "lock", "rework", "approval", "dismissal", "restoration", "claim", "pin", "moving", "merging"):
        visitor.post(f"/entries/{comment.root_id}/{step}", 403, reason="Нет")
    visitor.post(f"/people/{owner.handle}/suspension", 403, reason="Нет", days="3")
    visitor.post(f"/people/{owner.handle}/verification", 403)
    visitor.post(f"/practices/{comment.root_id}/edit", 403, title="Чужое")
