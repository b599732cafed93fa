"""Pages of lists cost the same number of queries however much they show."""

import pytest

from tests.counting import counted

ADDRESSES = (
    "/",
    "/practices",
    "/practices?tag=osveshchenie&region=40&sort=votes",
    "/regions",
    "/regions/40",
    "/tags/osveshchenie",
    "/people/{handle}",
)


def fill(make, author, number: int) -> None:
    """Practices of several people and places, each with a comment by the author."""
    for _ in range(number):
        practice = make.practice(author=make.person(), tags=["освещение"])
        make.practice(author=author, municipality=practice.municipality, tags=["освещение"], status="failed")
        make.comment(practice, author=author)


@pytest.mark.parametrize(("signed_in", "most"), [(False, 8), (True, 12)])
def test_the_number_of_queries_does_not_grow(app, visitor, make, signed_in, most):
    author = make.person("Ольга Крайнова")
    fill(make, author, 3)
    if signed_in:
        visitor.sign_in(make.moderator())
    addresses = [address.format(handle=author.handle) for address in ADDRESSES]
    few = {address: queries(app, visitor, make, address) for address in addresses}
    fill(make, author, 27)
    many = {address: queries(app, visitor, make, address) for address in addresses}
    assert few == many
    assert max(many.values()) <= most, many


def queries(app, visitor, make, address: str) -> int:
    make.person()  # something has changed: nothing remembered is good any more
    with counted(app) as statements:
        visitor.open(address)
    return len(statements)
