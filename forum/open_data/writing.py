"""Rows as files: CSV and XLSX for spreadsheets, JSON and JSON lines for programs. Batch by batch, whatever there is of them."""

import csv
import importlib
import io
import json
from collections.abc import Callable, Iterable, Mapping
from typing import IO, Any

from forum.open_data.datasets import Dataset, Row
from forum.practices.importing.flat import escape

CSV = "text/csv; charset=utf-8; header=present"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KINDS = {"csv": CSV, "xlsx": XLSX, "json": "application/json; charset=utf-8"}
# What a cell of Excel holds; what XML can't hold at all.
LONGEST = 32_000
CONTROL = dict.fromkeys(one for one in range(32) if one not in (9, 10, 13))

Batches = Iterable[list[Row]]


def cells(dataset: Dataset, row: Row) -> list[Any]:
    """A row as a line of a table: lists become JSON, lists of words are parted by «;», nothing begins like a formula."""
    line: list[Any] = []
    for field in dataset.fields:
        value = row[field.name]
        line += [value.get(part) for part in field.parts] if field.parts else [_cell(value)]
    return line


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        words = all(isinstance(one, str) for one in value)
        return escape("; ".join(value)) if words else json.dumps(value, ensure_ascii=False)
    return escape(value)


def write_csv(file: IO[bytes], dataset: Dataset, batches: Batches, head: bool = True) -> int:
    """With a byte order mark, semicolons and decimal commas: so Russian spreadsheets open it right. The number of rows.

    Without `head` it goes on where another left off.
    """
    text = io.TextIOWrapper(file, "utf-8-sig" if head else "utf-8", newline="", write_through=True)
    writer = csv.writer(text, delimiter=";")
    if head:
        writer.writerow(dataset.columns)
    count = 0
    for batch in batches:
        writer.writerows(map(_plain, cells(dataset, row)) for row in batch)
        count += len(batch)
    text.detach()
    return count


def _plain(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(round(value, 4)).replace(".", ",") if isinstance(value, float) else value


def write_xlsx(file: IO[bytes], dataset: Dataset, batches: Batches) -> int:
    """One sheet; what is longer than a cell holds is cut."""
    book = importlib.import_module("openpyxl").Workbook(write_only=True)
    sheet = book.create_sheet(dataset.name)
    sheet.freeze_panes = "A2"
    sheet.append(dataset.columns)
    count = 0
    for batch in batches:
        for row in batch:
            sheet.append([one.translate(CONTROL)[:LONGEST] if isinstance(one, str) else one for one in cells(dataset, row)])
        count += len(batch)
    book.save(file)
    return count


def write_json(file: IO[bytes], dataset: Dataset, batches: Batches, head: Mapping[str, Any] | None = None) -> int:
    """One object: the head, then `items`."""
    start = json.dumps(dict(head or {}), ensure_ascii=False)[:-1]
    file.write(f'{start}{", " if head else ""}"items": ['.encode())
    count = 0
    for batch in batches:
        for row in batch:
            file.write(b",\n" if count else b"\n")
            file.write(json.dumps(row, ensure_ascii=False).encode())
            count += 1
    file.write(b"\n]}\n")
    return count


def write_json_lines(file: IO[bytes], dataset: Dataset, batches: Batches) -> int:
    """An object a line."""
    count = 0
    for batch in batches:
        file.writelines(json.dumps(row, ensure_ascii=False).encode() + b"\n" for row in batch)
        count += len(batch)
    return count


WRITERS: dict[str, Callable[..., int]] = {"csv": write_csv, "xlsx": write_xlsx, "json": write_json}
