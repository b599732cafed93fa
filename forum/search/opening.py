"""Which engine a site uses: the one place that knows them all."""

from pathlib import Path

from forum.search.port import Engine
from forum.search.whoosh_engine import WhooshEngine


def open_engine(url: str) -> Engine:
    """The engine of `FORUM_SEARCH_URL`: `whoosh://` and the path of a private directory. Nothing is opened before the first use."""
    scheme, separator, path = url.partition("://")
    if scheme == "whoosh" and separator and path:
        return WhooshEngine(Path(path))
    if scheme.startswith("postgresql"):
        raise ValueError("FORUM_SEARCH_URL=postgresql is not available yet; use whoosh://<directory>")
    raise ValueError(f"FORUM_SEARCH_URL is not understood: {url!r}; use whoosh://<directory>")
