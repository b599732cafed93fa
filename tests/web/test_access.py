"""Every view says who may open it, and the guard holds it."""

import pytest
from werkzeug.routing.converters import NumberConverter

from forum.web.access import Level, access_of


def test_every_view_declares_its_audience(app):
    silent = [rule.rule for rule in app.url_map.iter_rules() if access_of(app.view_functions[rule.endpoint]) is None]
    assert silent == []


def test_a_view_that_declares_nothing_lets_nobody_in(app, visitor):
    app.add_url_rule("/undeclared", "undeclared", lambda: "secret")
    visitor.open("/undeclared", expect=403)


def _addresses(app, level):
    for rule in app.url_map.iter_rules():
        declared = access_of(app.view_functions[rule.endpoint])
        if declared.level is level and not rule.rule.startswith("/api/"):
            values = {name: 1 if isinstance(rule._converters[name], NumberConverter) else "x" for name in rule.arguments}
            for method in sorted(rule.methods & {"GET", "POST"}):
                yield method, rule.build(values)[1]


@pytest.mark.parametrize("level", [Level.MEMBERS, Level.MODERATORS, Level.ADMINS])
def test_guests_are_asked_to_sign_in_wherever_an_account_is_needed(app, visitor, level):
    found = list(_addresses(app, level))
    assert found
    for method, address in found:
        response = visitor.client.open(address, method=method)
        assert response.status_code == (302 if method == "GET" else 401), (method, address)
        if method == "GET":
            assert response.location.startswith("/login?next=")


def test_employees_do_not_reach_what_is_moderators_or_admins(app, make, visitor):
    visitor.sign_in(make.person())
    for level in (Level.MODERATORS, Level.ADMINS):
        for method, address in _addresses(app, level):
            assert visitor.client.open(address, method=method).status_code == 403, (method, address)


def test_moderators_do_not_reach_what_is_admins(app, make, visitor):
    visitor.sign_in(make.moderator())
    for method, address in _addresses(app, Level.ADMINS):
        assert visitor.client.open(address, method=method).status_code == 403, (method, address)


def test_every_post_without_a_token_is_refused(app, make, visitor):
    visitor.sign_in(make.admin())
    for rule in app.url_map.iter_rules():
        declared = access_of(app.view_functions[rule.endpoint])
        if "POST" not in rule.methods or declared.csrf != "token":
            continue
        values = {name: 1 if isinstance(rule._converters[name], NumberConverter) else "x" for name in rule.arguments}
        address = rule.build(values)[1]
        assert visitor.client.post(address, data={"body": "слово"}).status_code == 400, address


def test_without_a_token_only_programs_and_signed_links_are_heard(app):
    """Mail programs that press «unsubscribe» for their readers send neither cookie nor token (RFC 8058): the address is signed."""
    changing = [rule for rule in app.url_map.iter_rules() if rule.methods & {"POST", "PUT", "PATCH", "DELETE"}]
    free = [rule.rule for rule in changing if access_of(app.view_functions[rule.endpoint]).csrf == "none"]
    assert [rule for rule in free if not rule.startswith("/api/v1/")] == ["/letters/off/<token>"]


def test_the_language_form_takes_only_our_own_pages(visitor):
    assert visitor.client.post("/language", data={"lang": "en"}, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 400
    assert visitor.client.post("/language", data={"lang": "en"}, headers={"Origin": "https://evil.example"}).status_code == 400
    answer = visitor.client.post("/language", data={"lang": "en", "next": "/practices"}, headers={"Sec-Fetch-Site": "same-origin"})
    assert (answer.status_code, answer.location) == (302, "/practices")
    assert visitor.open("/").tree.get("lang") == "en"


@pytest.mark.parametrize(
    "target",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/ok\r\nX: y", "\x00/", "/%0a//x" + "y" * 3000],
)
def test_redirects_stay_on_the_site(visitor, target):
    answer = visitor.client.post("/language", data={"lang": "ru", "next": target}, headers={"Sec-Fetch-Site": "same-origin"})
    assert answer.location == "/"
