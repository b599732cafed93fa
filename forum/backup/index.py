"""The search index is no part of a copy: after a restore it is of another past, and the indexer builds it anew."""

from pathlib import Path

from sqlalchemy import Engine, text

from forum.search.postgres_engine.connecting import SCHEMA


def forget(url: str, engine: Engine) -> None:
    """Have the indexer find none: it rebuilds what is not there, at its start or within moments where it runs."""
    if url.startswith("whoosh://"):
        (Path(url.removeprefix("whoosh://")) / "CURRENT").unlink(missing_ok=True)
    else:
        with engine.begin() as connection:
            connection.execute(text(f'DROP SCHEMA IF EXISTS "{SCHEMA}" CASCADE'))
