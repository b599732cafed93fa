"""Files with practices, row by row: JSON lines, CSV, Excel. A row that can't be read comes as what is wrong with it."""

import csv
import importlib
import io
import json
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from forum.core.errors import Refused
from forum.practices.importing.flat import nested

KINDS = (".jsonl", ".csv", ".xlsx")
MAX_CELL = 2_000_000

Line = tuple[int, Any]


class Unreadable(Exception):
    """The file as a whole is not what its name says."""


def read(path: Path) -> Iterator[Line]:
    """Numbers of lines with their rows (objects as in JSON) or, where a row can't be read, a `Refused`; empty lines are passed over.

    Raises `Unreadable`.
    """
    readers = {".jsonl": _json_lines, ".csv": _csv, ".xlsx": _excel}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise Unreadable(f"Файл должен быть одного из видов: {', '.join(KINDS)}.")
    return reader(path)


def _json_lines(path: Path) -> Iterator[Line]:
    with path.open("rb") as file:
        for number, raw in enumerate(file, start=1):
            raw = raw.removeprefix(b"\xef\xbb\xbf") if number == 1 else raw
            if not raw.strip():
                continue
            try:
                yield number, json.loads(raw.decode())
            except UnicodeDecodeError:
                yield number, Refused("import.encoding")
            except (ValueError, RecursionError):
                yield number, Refused("import.json")


def _csv(path: Path) -> Iterator[Line]:
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        # What Russian Excel writes when asked for plain CSV.
        text = data.decode("cp1251", "replace")
    csv.field_size_limit(MAX_CELL)
    heading = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=heading.count)
    reader = csv.reader(io.StringIO(text.replace("\0", ""), newline=""), delimiter=delimiter)
    yield from _table(_numbered(reader))


def _numbered(reader: Any) -> Iterator[tuple[int, list[Any] | Refused]]:
    while True:
        start = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield start, Refused("import.too_long", limit=MAX_CELL)
            continue
        yield start, cells


def _excel(path: Path) -> Iterator[Line]:
    # Loaded here, for it takes a tenth of a second and ten megabytes that the web never needs.
    openpyxl = importlib.import_module("openpyxl")
    try:
        book = openpyxl.load_workbook(path, read_only=True)
        sheet = book.worksheets[0]
        yield from _table((number, [_cell(cell) for cell in row]) for number, row in enumerate(sheet.iter_rows(), start=1))
    except (OSError, ValueError, KeyError, IndexError, SyntaxError, importlib.import_module("zipfile").BadZipFile) as error:
        raise Unreadable("Файл не открывается как книга Excel.") from error


def _cell(cell: Any) -> Any:
    if cell.data_type == "f":
        return Refused("import.formula")
    return cell.value.isoformat() if isinstance(cell.value, date) else cell.value


def _table(rows: Iterable[tuple[int, list[Any] | Refused]]) -> Iterator[Line]:
    """Rows under a heading as nested objects."""
    names: list[str] | None = None
    for number, cells in rows:
        if isinstance(cells, Refused):
            yield number, cells
        elif all(cell is None or cell == "" for cell in cells):
            continue
        elif names is None:
            names = [str(cell or "").strip() for cell in cells]
        elif any(cell not in (None, "") for cell in cells[len(names) :]):
            yield number, Refused("import.cells")
        else:
            yield number, _row(dict(zip(names, cells, strict=False)))


def _row(cells: dict[str, Any]) -> Any:
    for name, cell in cells.items():
        if isinstance(cell, Refused):
            return Refused(cell.code, field=name)
    try:
        return nested(cells)
    except Refused as problem:
        return problem
