"""Parameters of addresses are data: no name of one means anything to the code that builds links."""


import pytest

NAMES = ("_scheme", "_external", "_anchor", "_method", "endpoint", "self", "values")
PAGES = ("/search?q=двор", "/moderation/log?kind=hidden", "/practices?status=pilot", "/notifications?a=1", "/bookmarks?a=1", "/admin?q=a")


@pytest.mark.parametrize("address", PAGES)
def test_names_of_the_framework_are_nothing_special(visitor, make, address):
    author = make.admin()
    for _ in range(2):
        make.practice("Двор", author=author)
    visitor.sign_in(author)
    for name in NAMES:
        opened = visitor.open(f"{address}&{name}=javascript", check=False)
        assert not [link for link in opened.links() if not link.startswith(("/", "#", "mailto:"))], name


def test_a_next_page_keeps_the_other_parameters(visitor, make):
    author = make.person()
    for _ in range(25):
        make.practice(author=author)
    (onward,) = [link for link in visitor.open(f"/people/{author.handle}?_scheme=data&x=%26y").links() if "page=" in link]
    assert onward.startswith(f"/people/{author.handle}?_scheme=data&x=%26y&page=")


@pytest.mark.parametrize("address", ["/practices/new", "/login", "/language"])
def test_a_form_of_endless_fields_is_refused_at_once(visitor, make, address):
    visitor.sign_in(make.person())
    rows = "&".join(f"steps-{number}-what=a" for number in range(60_000))
    answer = visitor.client.post(address, data=f"csrf_token={visitor.token()}&{rows}", content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 413


@pytest.mark.parametrize("host", ["x" * 5000, "a b", '"><script>', "evil.example/../", "", "[::1", "a:99999999"])
def test_a_host_that_is_none_is_refused(app, host):
    assert app.test_client().get("/", headers={"Host": host}).status_code == 400


@pytest.mark.parametrize("host", ["localhost:8000", "127.0.0.1", "[::1]:8000", "xn--80ak6aa92e.xn--p1ai", "forum_web.example."])
def test_a_host_leads_no_link_away(app, host):
    answer = app.test_client().get("/feed.atom", headers={"Host": host, "X-Forwarded-Host": "evil.example"})
    assert answer.status_code == 200 and "http://127.0.0.1:8000/" in answer.text and "evil" not in answer.text
