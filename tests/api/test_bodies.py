"""Whatever is sent, the answer is a problem in the 4xx, and nothing has changed."""

from sqlalchemy import select

from forum.entries.models import Entry

TARGETS = [("POST", "/practices"), ("PATCH", "/practices/{id}"), ("POST", "/entries/{id}/comments"), ("PUT", "/entries/{id}/vote")]
BAD = {
    "nothing": (b"", 400), "half": (b'{"title": ', 400), "words": (b"title=x", 400), "not utf-8": (b'{"title": "\xff\xfe"}', 400),
    "nan": (b'{"value": NaN}', 400), "infinity": (b'{"value": -Infinity}', 400), "deep": (b"[" * 100_000, 400),
    "deep object": (b'{"a":' * 50_000 + b"1" + b"}" * 50_000, 400), "long number": (b'{"value": ' + b"9" * 10_000 + b"}", 400),
    "half a pair": (b'{"title": "\\ud800", "body": "\\ud800"}', 400), "list": (b"[1, 2]", 422), "text": (b'"x"', 422),
    "number": (b"1", 422), "null": (b"null", 422), "huge": (b'{"title": "' + b"x" * (3 * 1024 * 1024) + b'"}', 413),
    "odd keys": (b'{"": 1, "\\u0000": 2, "title": "x", "body": "x", "value": 1, "' + b"k" * 5000 + b'": 3}', 422),
    "wrong types": (b'{"title": {"a": []}, "body": {"a": 1}, "value": [1]}', 422),
}  # fmt: skip


def test_bad_bodies(program, make, session):
    practice, one = make.practice(), program(make.moderator())
    for body, status in BAD.values():
        for method, path in TARGETS:
            one.ask(method, path.format(id=practice.id), status, data=body, content_type="application/json")
    assert session.scalars(select(Entry.id)).all() == [practice.id]


def test_what_is_not_said_to_be_json_is_not_read(program, make):
    practice = make.practice()
    one = program(make.moderator())
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "", "application/xml"):
        for method, path in TARGETS:
            one.ask(method, path.format(id=practice.id), 415, data=b'{"value": 1}', content_type=kind)


def test_other_methods_are_told_which_ones_are_there(guest):
    allowed = guest.ask("DELETE", "/practices", 405).headers["Allow"]
    assert {"GET", "POST"} <= set(allowed.split(", "))
    guest.ask("POST", "/regions", 405)
    guest.ask("DELETE", "/entries/1/vote", 405)


def test_what_is_not_there_is_a_problem_too(guest):
    for path in ("/nothing", "/practices/0", "/practices/x", "/practices/99999999999999999999", "/practices/-1", "/api/", "/api/v2/x"):
        guest.get(path, expect=404)


def test_an_id_that_no_database_can_hold_is_404(program, make):
    one = program(make.person())
    huge = 10**30
    for method, path in TARGETS[1:]:
        one.ask(method, path.format(id=huge), 404, json={"value": 1, "body": "x"})
    one.get(f"/practices/{huge}/comments", expect=404)


def test_a_crash_is_a_problem_without_details(app, make, program):
    one = program(make.person())
    app.config["PROPAGATE_EXCEPTIONS"] = False
    app.extensions["search"] = None
    problem = one.get("/search?q=двор", expect=500)
    assert "NoneType" not in str(problem) and "Traceback" not in str(problem)
