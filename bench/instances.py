"""Instances of a size: made by the site's own commands in a folder, once."""

import os
import sqlite3
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from bench.server import ROOT

TALK = range(18, 23)


@dataclass(frozen=True)
class Instance:
    """A site with so many practices and comments, and addresses in it worth measuring."""

    folder: Path
    practices: int
    comments: int

    @property
    def name(self) -> str:
        return f"{self.practices:,} / {self.comments:,}".replace(",", " ")

    def _rows(self, query: str) -> list[tuple]:
        connection = sqlite3.connect(self.folder / "forum.sqlite3")
        try:
            return connection.execute(query).fetchall()
        finally:
            connection.close()

    def talked_of(self, limit: int = 10) -> list[tuple[int, str]]:
        """Practices (id, slug) with about twenty comments, from all over the table."""
        found = self._rows(
            "SELECT id, slug FROM practices WHERE listed_at IS NOT NULL AND list_comments "
            f"BETWEEN {TALK.start} AND {TALK.stop - 1} ORDER BY substr(id * 7919, -4), id LIMIT {limit}"
        )
        return found or self._rows(f"SELECT id, slug FROM practices WHERE listed_at IS NOT NULL ORDER BY list_comments DESC LIMIT {limit}")

    def districts(self, nomination: int, limit: int = 4) -> list[str]:
        """Federal districts whose practices of a nomination fill a page, at any size: else a larger site is charged for longer pages."""
        counted = "FROM practices JOIN regions ON code = region WHERE listed_at IS NOT NULL AND nomination_id = "
        rows = self._rows(f"SELECT district {counted}{nomination} GROUP BY 1 HAVING count(*) > 20 ORDER BY count(*) DESC LIMIT {limit}")
        return [name for (name,) in rows]

    def town(self) -> str:
        """The municipality with most practices."""
        [(number,)] = self._rows("SELECT municipality_id FROM practices GROUP BY municipality_id ORDER BY count(*) DESC LIMIT 1")
        return str(number)

    def people(self, limit: int = 20) -> list[str]:
        """Addresses of people who can sign in."""
        return [email for (email,) in self._rows(f"SELECT email FROM people WHERE email LIKE 'bulk%' ORDER BY id LIMIT {limit}")]


def prepare(base: Path, practices: int, comments: int, **settings: str) -> Instance:
    """The instance of this size in a folder; made where it is not there yet, with these variables beside our own."""
    folder = base / f"{practices}-{comments}"
    done = folder / "bench-ready"
    folder.mkdir(parents=True, exist_ok=True)
    environment = os.environ | {"FORUM_INSTANCE": str(folder), "HOST": "127.0.0.1", **settings}
    volume = ["--practices", str(practices), "--comments", str(comments), "--people", str(max(100, min(practices, 5000)))]
    # Migrated in any case: one that was kept may be of yesterday.
    for words in (["db", "upgrade"], *([] if done.exists() else [["demo", "bulk", *volume]])):
        subprocess.run([sys.executable, "-m", "flask", *words], cwd=ROOT, env=environment, check=True)
    done.touch()
    return Instance(folder, practices, comments)
