"""Practices as rows of the import format, to be read back by it."""

import csv
import importlib
import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from secrets import token_hex
from typing import Any

from sqlalchemy import Select, bindparam, select, update
from sqlalchemy.orm import Session, joinedload, selectinload

from forum.core.actor import Actor
from forum.entries.policy import visible_to
from forum.practices.importing.flat import flat
from forum.practices.models import Practice
from forum.practices.models.rows import as_dict

BATCH = 200
WHOLE = ("external_id", "title", "summary", *Practice.MARKDOWN, "contact", "municipality", "region", "nomination", "tags", "status")
PARTS = ("started", "finished", "costs", "upkeep", "beneficiaries", "participants", "steps", "resources", "indicators", "donor", "valid_on")
MORE = ("obstacles", "anonymous")
COLUMNS = (*WHOLE, *PARTS, *MORE)

Row = dict[str, Any]


def row(practice: Practice) -> Row:
    """One line of an import file; what is not known is left out. Loads: see `rows`."""
    card: Row = {name: getattr(practice, name, None) for name in COLUMNS if name not in ("municipality", "nomination", "tags", "donor")}
    card["municipality"] = practice.municipality.name if practice.municipality else None
    card["nomination"] = practice.nomination_id
    card["tags"] = [tag.name for tag in practice.tags]
    card["costs"] = {source: cost for source, cost in practice.costs.items() if cost is not None}
    for name in ("steps", "resources", "indicators"):
        card[name] = [{key: value for key, value in as_dict(one).items() if value not in (None, "")} for one in card[name]]
    card["donor"] = practice.donor.external_id if practice.donor and practice.donor.is_published else None
    card["valid_on"] = practice.valid_on.isoformat() if practice.valid_on else None
    if practice.anonymous:
        card["contact"] = None  # it would name whom nobody is to name
    card["anonymous"] = practice.anonymous or None
    return {name: card[name] for name in COLUMNS if card[name] not in (None, "", [], {})}


def name_all(session: Session) -> None:
    """Give what was written here the name by which files know it, for good: a file that comes back must not double it.

    The names are random, so that no two sites use the same; the caller commits.
    """
    nameless = session.scalars(select(Practice.id).where(Practice.listed_at.is_not(None), Practice.external_id.is_(None))).all()
    table = Practice.__table__
    rename = update(table).where(table.c.id == bindparam("own")).values(external_id=bindparam("name"))  # type: ignore[arg-type]
    if nameless:
        session.connection().execute(rename, [{"own": one, "name": f"forum-{token_hex(8)}"} for one in nameless])


def rows(session: Session, actor: Actor) -> Iterator[Row]:
    """Everything the actor may read that is published, by id, donors before who took from them where ids allow."""
    last = 0
    while batch := session.scalars(_published(actor).where(Practice.id > last).limit(BATCH)).all():
        last = batch[-1].id
        yield from map(row, batch)
        session.expunge_all()


def _published(actor: Actor) -> Select[Practice]:
    loads = (selectinload(Practice.tags), joinedload(Practice.municipality), selectinload(Practice.donor))
    return select(Practice).where(visible_to(actor), Practice.listed_at.is_not(None)).options(*loads).order_by(Practice.id)


def write(path: Path, cards: Iterable[Row]) -> int:
    """Write a file of the kind its name says (.jsonl, .csv, .xlsx), whole or not at all; the number of rows."""
    writers: dict[str, Callable[[Path, Iterable[Row]], int]] = {".jsonl": _json_lines, ".csv": _csv, ".xlsx": _excel}
    writer = writers[path.suffix.lower()]
    unfinished = path.with_name(f".{path.name}.part")
    try:
        count = writer(unfinished, cards)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
    return count


def _json_lines(path: Path, cards: Iterable[Row]) -> int:
    count = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for card in cards:
            count += 1
            file.write(json.dumps(card, ensure_ascii=False) + "\n")
    return count


def _headings() -> list[str]:
    return [part for name in COLUMNS for part in ([f"costs-{source}" for source in Practice.COSTS] if name == "costs" else [name])]


def _csv(path: Path, cards: Iterable[Row]) -> int:
    count = 0
    # With a byte order mark, or Excel reads Russian as something else.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, _headings())
        writer.writeheader()
        for card in cards:
            count += 1
            writer.writerow(flat(card))
    return count


def _excel(path: Path, cards: Iterable[Row]) -> int:
    openpyxl = importlib.import_module("openpyxl")
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("practices")
    sheet.append(_headings())
    count = 0
    for card in cards:
        cells, count = flat(card), count + 1
        sheet.append([cells.get(name) for name in _headings()])
    book.save(path)
    return count
