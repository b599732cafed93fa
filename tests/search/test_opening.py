"""Which engine an address means."""

import pytest

from forum.search.opening import open_engine
from forum.search.postgres_engine import PostgresEngine
from forum.search.whoosh_engine import WhooshEngine


def test_addresses_of_engines(tmp_path):
    assert isinstance(open_engine(f"whoosh://{tmp_path}/x", "sqlite:///x"), WhooshEngine)
    assert isinstance(open_engine("postgresql", "postgresql+psycopg://nobody@localhost/x"), PostgresEngine)


@pytest.mark.parametrize("wrong", ["", "whoosh://", "elastic://host", "postgresql://host/name", "postgres"])
def test_an_address_that_means_nothing_is_told_at_the_start(wrong):
    with pytest.raises(ValueError, match="not understood"):
        open_engine(wrong, "postgresql+psycopg://nobody@localhost/x")


def test_search_in_postgresql_needs_the_site_in_postgresql():
    with pytest.raises(ValueError, match="FORUM_DATABASE_URL has to be"):
        open_engine("postgresql", "sqlite:///x")
