"""Requests without an answer, for those who look for what is missing: as a table and for programs."""

import csv
import io
import json
from collections.abc import Callable, Iterable
from typing import Any

from forum.practices.importing.flat import escape

COLUMNS = (
    "id", "url", "title", "problem", "limits", "most_cost", "needed_by", "until", "municipality", "region", "nomination", "outcome",
    "wanted", "offers", "published_at",
)  # fmt: skip
UTF8_MARK = "\ufeff"  # without it Excel takes the file for another encoding


def plain(row: Any, address: Callable[[Any], str]) -> dict[str, Any]:
    """A row of `lists.rows` (whole) as names and values."""
    return {
        "id": row.id,
        "url": address(row),
        "title": row.title,
        "problem": row.problem,
        "limits": row.limits,
        "most_cost": row.most_cost,
        "needed_by": row.needed_by.isoformat() if row.needed_by else None,
        "until": row.until.isoformat(),
        "municipality": row.place,
        "region": row.region,
        "nomination": row.nomination_id,
        "outcome": row.outcome,
        "wanted": row.list_wanted,
        "offers": row.offers_count,
        "published_at": row.listed_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
    }


def as_csv(found: Iterable[dict[str, Any]]) -> str:
    """A table for spreadsheets: parted by «;», nothing begins like a formula."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for one in found:
        writer.writerow(["" if one[name] is None else escape(one[name]) for name in COLUMNS])
    return UTF8_MARK + file.getvalue()


def as_json(found: Iterable[dict[str, Any]]) -> str:
    """The same for programs."""
    return json.dumps({"items": list(found)}, ensure_ascii=False, indent=1)
