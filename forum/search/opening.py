"""Which engine a site uses: the one place that knows them all."""

from pathlib import Path

from forum.search.port import Engine
from forum.search.postgres_engine import PostgresEngine
from forum.search.whoosh_engine import WhooshEngine

KNOWN = "use whoosh://<directory>, or postgresql where FORUM_DATABASE_URL is a PostgreSQL"


def open_engine(url: str, database_url: str = "") -> Engine:
    """The engine of `FORUM_SEARCH_URL`: `whoosh://` and the path of a private directory, or `postgresql` for the site's own database.

    Nothing is opened before the first use.
    """
    scheme, separator, path = url.partition("://")
    if scheme == "whoosh" and separator and path:
        return WhooshEngine(Path(path))
    if url == "postgresql":
        if not database_url.startswith("postgresql"):
            raise ValueError("FORUM_SEARCH_URL=postgresql searches in the site's own database: FORUM_DATABASE_URL has to be a PostgreSQL")
        return PostgresEngine(database_url)
    raise ValueError(f"FORUM_SEARCH_URL is not understood: {url!r}; {KNOWN}")
