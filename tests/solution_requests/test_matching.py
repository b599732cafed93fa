"""What fits comes first, and of what fits about as well what comes from a town more alike."""

import pytest

from forum.places.models import Municipality
from forum.solution_requests import matching


@pytest.fixture
def from_three_towns(make):
    """Practices of a great city far away, of a village, and of a town like the one that asks."""
    towns = [make.place(region="71", population=900_000), make.place(region="72", population=900, type="rural_settlement", category=2)]
    towns.append(make.place(region="69", population=20_500))
    return [make.practice(municipality=town) for town in towns]


def test_towns_alike_come_first_among_what_fits_as_well(make, session, from_three_towns):
    city, village, alike = (practice.id for practice in from_three_towns)
    asking = make.place(region="69", population=21_000)
    found = matching.cards(session, [city, village, alike, 987654])
    town = session.get_one(Municipality, asking.id)
    session.refresh(town, ["region"])
    order = [row.card.id for row in matching.in_order(found, {city: 0.52, village: 0.51, alike: 0.5, 987654: 0.9}, town)]
    assert order[0] == alike and order[-1] == village
    assert [row.card.id for row in matching.in_order(found, {city: 0.3, village: 0.6, alike: 0.3}, town)] == [village, alike, city]
    assert [row.card.id for row in matching.in_order(found, {city: 0.52, alike: 0.5}, None)] == [city, alike]
