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
