"""Prices of one year, the circle of peers and the place among them: what must hold whatever the figures."""

from hypothesis import given
from hypothesis import strategies as st

from forum.practices.costs import (
    FIGURES,
    LEAST_PEERS,
    Peer,
    Spent,
    circle,
    comparable,
    place,
    quantile,
    strip,
    town_kind,
)
from forum.taxonomy.prices import Prices
from tests.properties import STEADY

amounts = st.floats(0, 1e9, allow_nan=False)
several = st.lists(amounts, min_size=1, max_size=40).map(sorted)
percents = st.lists(st.floats(80, 300), min_size=1, max_size=20)
people = st.integers(1, 10**7)
roubles = st.integers(0, 10**12)


def prices_from(first: int, growth: list[float]) -> Prices:
    return Prices({first + number: percent for number, percent in enumerate(growth)})


def near(one: float, other: float) -> bool:
    return abs(one - other) <= 1e-9 * max(abs(one), abs(other), 1)


@STEADY
@given(percents, st.data())
def test_prices_of_two_steps_are_those_of_one(growth, data):
    prices = prices_from(2010, growth)
    year = data.draw(st.integers(2010, prices.level))
    through = 1.0
    for later in range(year + 1, prices.level + 1):
        through *= growth[later - 2010] / 100
    assert near(prices.factor(year), through)
    assert prices.factor(prices.level) == prices.factor(prices.level + 3) == 1


def test_years_that_cannot_be_told_are_not_guessed():
    prices = Prices({2010: 108.78, 2011: 106.1, 2013: 106.47})
    assert (prices.first, prices.level) == (2010, 2011)  # nobody knows what came between 2011 and 2013
    assert prices.factor(2009) is None and prices.factor(None) is None
    assert Prices({}).level is None and Prices({}).factor(2020) is None


@STEADY
@given(roubles, people, people, roubles, st.integers(2010, 2030))
def test_twice_the_money_is_twice_the_cost_and_the_same_share(total, population, beneficiaries, upkeep, year):
    prices = prices_from(2010, [108.0] * 15)
    once = comparable(Spent(total, total // 2, upkeep, beneficiaries, population, year), prices)
    twice = comparable(Spent(2 * total, 2 * (total // 2), 2 * upkeep, beneficiaries, population, year), prices)
    for name in ("comparable_cost", "comparable_per_beneficiary", "comparable_upkeep"):
        assert near(twice[name], 2 * once[name])
    assert once["extra_share"] == twice["extra_share"]


@STEADY
@given(st.builds(Spent, *(st.none() | st.integers(0, 10**6) for _ in range(5)), st.none() | st.integers(1990, 2030)))
def test_what_is_not_known_is_not_told(spent):
    figures = comparable(spent, prices_from(2010, [108.0] * 15))
    assert set(figures) == set(FIGURES)
    if spent.year is None or spent.year < 2010 or not spent.population:
        assert figures["comparable_cost"] is figures["comparable_upkeep"] is None
    assert all(value is None or value >= 0 for value in figures.values())


@STEADY
@given(several, amounts, amounts)
def test_a_dearer_one_stands_no_lower(others, one, other):
    low, high = place(min(one, other), others), place(max(one, other), others)
    assert low.less <= high.less and low.more >= high.more
    assert low.less + low.more <= low.count == len(others)


@STEADY
@given(several)
def test_quartiles_stand_in_order_within_the_values(others):
    found = place(others[0], others)
    assert found.least <= found.lower <= found.median <= found.upper <= found.most
    assert quantile(others, 0) == others[0] and quantile(others, 1) == others[-1]


@STEADY
@given(several, amounts)
def test_the_picture_keeps_the_order_and_its_edges(others, value):
    found = place(value, others)
    drawn = strip(found)
    assert all(3 <= at <= 97 for at in drawn.values())
    ordered = sorted(drawn, key=lambda name: getattr(found, name))
    assert all(drawn[one] <= drawn[after] for one, after in zip(ordered, ordered[1:], strict=False))


figures = st.fixed_dictionaries({"comparable_cost": st.none() | amounts})
peers = st.lists(st.builds(Peer, st.integers(), st.booleans(), st.booleans(), figures), max_size=30)


@STEADY
@given(peers)
def test_the_circle_is_the_narrowest_that_has_enough(some):
    known = [peer for peer in some if peer.figures["comparable_cost"] is not None]
    within = {
        "theme_town": [peer for peer in known if peer.themed and peer.alike],
        "theme": [peer for peer in known if peer.themed],
        "town": [peer for peer in known if peer.alike],
        "nomination": known,
    }
    expected = next((step for step, inside in within.items() if len(inside) >= LEAST_PEERS), None)
    found = circle(some, "comparable_cost")
    assert (found and found[0]) == expected
    if found:
        assert found[1] == sorted(peer.figures["comparable_cost"] for peer in within[expected])


def test_towns_alike_have_a_band_and_a_kind():
    assert town_kind(12_000, "urban_okrug") == "5-50 urban"
    assert town_kind(12_000, "municipal_district") == town_kind(12_000, None, 2) == "5-50 rural"
    assert town_kind(None, "urban_okrug") is None and town_kind(0, None) is None
