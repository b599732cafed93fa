"""The pages cost the same number of queries however much they show."""

import pytest

from tests.counting import counted

ADDRESSES = (
    "/",
    "/people/{handle}?tab=comments",
    "/people/{handle}?tab=thanks",
    "/municipalities/{place}",
    "/municipalities/{place}?tag=osveshchenie",
    "/municipalities/{place}?tab=people",
    "/regions/40?tag=osveshchenie",
    "/regions/40?tab=people",
    "/practices/weekly",
    "/badges",
)


@pytest.mark.parametrize(("signed_in", "most"), [(False, 8), (True, 12)])
def test_the_number_of_queries_does_not_grow(app, visitor, make, session, complete, votes, work, signed_in, most):
    town = make.place("Обнинск")
    author = make.person("Ольга Крайнова", municipality=town)
    complete("Лучшая", 10, author=author, municipality=town)
    work()
    if signed_in:
        visitor.sign_in(make.moderator())  # registered just now: the first steps are shown too
    counts = []
    for number in (1, 8):
        for _ in range(number):
            practice = make.practice(author=make.person(municipality=town), municipality=town, tags=["освещение"], status="failed")
            votes(make.comment(practice, author=author), 1)
        addresses = [address.format(handle=author.handle, place=town.id) for address in ADDRESSES]
        counts.append({address: _queries(app, visitor, make, address) for address in addresses})
    assert counts[0] == counts[1]
    assert max(counts[0].values()) <= most, counts[0]


def _queries(app, visitor, make, address: str) -> int:
    make.person()  # something has changed: nothing remembered is good any more
    with counted(app) as statements:
        visitor.open(address)
    return len(statements)
