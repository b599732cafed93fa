"""The comparison as a workbook: whole texts, plain numbers, nothing that a spreadsheet takes for a formula."""

import importlib
from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

from flask_babel import gettext as _

from forum.comparison.table import Group
from forum.practices.importing.flat import escape

# What a cell of Excel holds.
LONGEST = 32_000
CONTROL = dict.fromkeys(one for one in range(32) if one not in (9, 10, 13))


def workbook(titles: Sequence[str], addresses: Sequence[str], groups: Iterable[Group]) -> bytes:
    """One sheet: fields down, practices across, the first row and column kept in sight."""
    openpyxl = importlib.import_module("openpyxl")
    styles = importlib.import_module("openpyxl.styles")
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = _("Сравнение")
    _line(sheet, "", titles)
    _line(sheet, _("Адрес"), addresses)
    for group in groups:
        sheet.append([_cell(group.title)])
        sheet.cell(sheet.max_row, 1).font = styles.Font(bold=True)
        for row in group.rows:
            _line(sheet, row.label, [cell.value for cell in row.cells])
            if any(cell.note for cell in row.cells):
                _line(sheet, "", [cell.note for cell in row.cells])
    for column in sheet.iter_cols():
        sheet.column_dimensions[column[0].column_letter].width = 28 if column[0].column == 1 else 44
        for cell in column:
            cell.alignment = styles.Alignment(vertical="top", wrap_text=True)
    for cell in sheet[1]:
        cell.font = styles.Font(bold=True)
    sheet.freeze_panes = "B2"
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def _line(sheet: Any, label: str, values: Iterable[Any]) -> None:
    sheet.append([_cell(label), *map(_cell, values)])


def _cell(value: Any) -> Any:
    return escape(value.translate(CONTROL)[:LONGEST]) if isinstance(value, str) else value
