"""Documents of the demonstration: made when it is loaded, from words written by hand."""

import io
import json
import zipfile
from collections.abc import Iterable, Mapping
from datetime import date
from html import escape
from importlib import import_module
from typing import Any

from sqlalchemy.orm import Session

from forum.attachments.actions import attach
from forum.core.actor import Actor
from forum.core.files import FileStore
from forum.demo.reading import CONTENT, Written
from forum.practices.models import Practice

_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_PARTS = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def load_papers(session: Session, store: FileStore, practices: Mapping[str, Practice], authors: Mapping[str, Actor]) -> None:
    """Attach them to practices that were made now; their texts are read by the worker, as anybody's."""
    written: list[Written] = json.loads((CONTENT / "papers.json").read_text("utf-8"))
    for one in written:
        if one["practice"] in authors:
            file = attach(session, store, practices[one["practice"]], one["name"], content(one), authors[one["practice"]])
            file.licence, file.valid_until = one["licence"], date.fromisoformat(one["until"]) if "until" in one else None


def content(one: Written) -> bytes:
    """The file, of the kind its name says."""
    makers = {"xlsx": lambda: _sheet(one["rows"]), "docx": lambda: _text(one["paragraphs"])}
    return makers.get(one["name"].rpartition(".")[2], lambda: "\n".join(one["paragraphs"]).encode())()


def _sheet(rows: Iterable[list[Any]]) -> bytes:
    book, buffer = import_module("openpyxl").Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(buffer)
    return buffer.getvalue()


def _text(paragraphs: Iterable[str]) -> bytes:
    told = "".join(f"<w:p><w:r><w:t>{escape(one)}</w:t></w:r></w:p>" for one in paragraphs)
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PARTS}/content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" '
        f'ContentType="{_MAIN}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PARTS}/relationships"><Relationship Id="r1" Type="{_OFFICE}" '
        'Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{_WORD}"><w:body>{told}</w:body></w:document>',
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
