"""The rule of likeness, by its properties."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forum.places.kinds import MunicipalityType
from forum.places.likeness import BANDS, LIKE, RANKED, Profile, code, likeness, profile, settlement, tiers

REGIONS = {"40": "central", "69": "central", "76": "central", "63": "volga", "02": "volga", "25": "fareast"}
KINDS, BAND_NUMBERS = st.sampled_from(MunicipalityType), st.integers(0, len(BANDS) - 1)
LANDS = st.sampled_from(list(REGIONS.items()))


# How soon the machine makes examples is not what is tested.
unhurried = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])


def built(kind, band, land):
    return Profile(kind, band, *land)


WHOLE = st.builds(built, KINDS, BAND_NUMBERS, LANDS)
ANY = st.builds(built, st.none() | KINDS, st.none() | BAND_NUMBERS, LANDS)


@unhurried
@given(ANY, ANY)
def test_it_is_bounded_and_a_town_is_wholly_like_itself(own, other):
    assert 0 <= likeness(own, other) <= 100
    assert likeness(own, own) == 100


@unhurried
@given(WHOLE, WHOLE)
def test_it_is_symmetric_where_all_is_known(own, other):
    assert likeness(own, other) == likeness(other, own)
    assert (likeness(own, other) == 100) == (own == other)


@unhurried
@given(ANY, ANY)
def test_what_comes_nearer_is_never_less_alike(own, other):
    value = likeness(own, other)
    assert likeness(own, replace(other, kind=own.kind)) >= value
    assert likeness(own, replace(other, region=own.region, district=own.district)) >= value
    assert likeness(own, replace(other, district=own.district)) >= value
    if own.band is not None and other.band is not None:
        step = (own.band > other.band) - (own.band < other.band)
        assert likeness(own, replace(other, band=other.band + step)) >= value


@unhurried
@given(ANY, ANY)
def test_what_is_not_known_of_another_counts_nothing(own, other):
    assert likeness(own, replace(other, kind=None)) <= likeness(own, other)
    assert likeness(own, replace(other, band=None)) <= likeness(own, other)


@unhurried
@given(st.none() | KINDS, st.none() | st.integers(0, 20_000_000), LANDS)
def test_a_code_says_all_that_is_compared(kind, population, land):
    found = profile(code(kind, population, land[0]), land[1])
    assert (found.kind, found.region, found.district) == (kind, *land)
    if population is None:
        assert found.band is None
    else:
        assert BANDS[found.band] <= population
        assert found.band + 1 == len(BANDS) or population < BANDS[found.band + 1]


@unhurried
@given(ANY, st.lists(ANY, max_size=20))
def test_tiers_hold_what_is_near_the_most_alike_first(own, others):
    known = {f"{number}": other for number, other in enumerate(others)}
    found = tiers(own, known)
    values = [tier.likeness for tier in found]
    assert values == sorted(set(values), reverse=True)
    assert {one: tier.likeness for tier in found for one in tier.codes} == {
        one: likeness(own, other) for one, other in known.items() if likeness(own, other) >= RANKED
    }


def test_the_example_told_to_readers_holds():
    own = Profile(MunicipalityType.URBAN_OKRUG, 4, "69", "central")
    other = Profile(MunicipalityType.URBAN_SETTLEMENT, 4, "40", "central")
    assert likeness(own, other) == 40 + 15 + 10 + 15 == 80 >= LIKE


@pytest.mark.parametrize("kind", MunicipalityType)
def test_every_kind_has_a_code_and_a_way_of_settlement(kind):
    assert profile(code(kind, 1, "40"), "central").kind == kind
    assert settlement(kind) in ("town", "country", "both")
