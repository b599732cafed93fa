"""The written content of the demonstration, with its dates brought before the present."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from forum.core.clock import now

CONTENT = Path(__file__).parent / "content"

Written = dict[str, Any]


def people() -> list[Written]:
    """Everybody who writes or votes."""
    found: list[Written] = json.loads((CONTENT / "people.json").read_text("utf-8"))
    return found


def practices() -> list[Written]:
    """The practices with their discussion, oldest first."""
    lines = [line for path in sorted(CONTENT.glob("practices-*.jsonl")) for line in path.read_text("utf-8").splitlines() if line.strip()]
    return sorted(map(json.loads, lines), key=lambda one: one["published"])


def adoptions() -> list[Written]:
    """Which towns took which practices home, and how that went."""
    found: list[Written] = json.loads((CONTENT / "adoptions.json").read_text("utf-8"))
    return found


def requests() -> list[Written]:
    """What towns look for, and how that ended."""
    found: list[Written] = json.loads((CONTENT / "requests.json").read_text("utf-8"))
    return found


def moderation() -> Written:
    """What waits, what is hidden, what is reported, and what the demonstration's people keep for themselves."""
    found: Written = json.loads((CONTENT / "moderation.json").read_text("utf-8"))
    return found


class Calendar:
    """Moments as written (UTC); all moved back by whole weeks where the clock has not come so far yet."""

    def __init__(self, latest: str) -> None:
        ahead = _moment(latest) - now()
        self.shift = timedelta(weeks=max(0, -(-ahead // timedelta(weeks=1))))

    def moment(self, text: str) -> datetime:
        """The moment of a text, not later than now."""
        return min(_moment(text) - self.shift, now())

    def moment_of(self, one: Written, text: str) -> datetime:
        """The moment of a text, unless it is said of the thing how many `days_ago` it was, whenever that is read."""
        return now() - timedelta(days=one["days_ago"]) if "days_ago" in one else self.moment(text)


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def latest(found: list[Written]) -> str:
    """The last date in these practices or comments."""
    own = [one.get("published") or one["on"] for one in found if "published" in one or "on" in one]
    below = [latest(talk) for one in found for talk in (one.get("comments"), one.get("replies")) if talk]
    return max([*own, *below])
