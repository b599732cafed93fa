"""Reads the text of one document, in a process of its own that may die of it: `python -I reader.py KIND < FILE`.

Answers with a line of JSON, `{"state": …, "text": …}`. Run by its path, so that nothing of the application is loaded; before it looks at
the file it gives up all but a little memory and time, and the right to write files. What it is given was checked when it was
uploaded (`core.kinds`), and is believed in nothing.
"""

import io
import json
import os
import re
import resource
import sys
import zipfile
from collections.abc import Iterator
from importlib import import_module  # each reader needs but one of the libraries
from typing import Any

MEMORY = 1 << 30  # bytes of addresses
SECONDS = 20  # of the processor
MOST_CHARACTERS = 200_000  # of a text: some eighty pages
MOST_PAGES = 300
MOST_ROWS = 20_000
MOST_XML = 64 << 20  # bytes that a part of an office file may unpack to

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ODF = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
PARAGRAPHS = {f"{WORD}p", f"{ODF}p", f"{ODF}h"}
# Where a word ends, though no space says so.
BREAKS = {f"{WORD}{name}" for name in ("br", "cr", "tab")} | {f"{ODF}{name}" for name in ("tab", "line-break", "s")}

Pieces = Iterator[str]


class Locked(Exception):
    """The file wants a password."""


def limit() -> None:
    """Have the system stop what takes too much."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(10)


def pdf(content: bytes) -> Pieces:
    pypdf = import_module("pypdf")
    reader = pypdf.PdfReader(io.BytesIO(content), strict=False)
    if reader.is_encrypted and reader.decrypt("") == pypdf.PasswordType.NOT_DECRYPTED:
        raise Locked
    for number, page in enumerate(reader.pages):
        if number >= MOST_PAGES:
            return
        yield page.extract_text() + "\n"


def xlsx(content: bytes) -> Pieces:
    book = import_module("openpyxl").load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    for sheet in book.worksheets:
        sheet.reset_dimensions()  # what a file says of its size may be a lie
        yield f"{sheet.title}\n"
        for row in sheet.iter_rows(max_row=MOST_ROWS, max_col=200, values_only=True):
            cells = [str(value) for value in row if value is not None]
            if cells:
                yield "; ".join(cells) + "\n"


def docx(content: bytes) -> Pieces:
    names = re.compile(r"word/(?:document|footnotes|endnotes|header\d*|footer\d*)\.xml")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        # The text itself before its notes.
        for name in sorted(filter(names.fullmatch, archive.namelist()), key=lambda name: (name != "word/document.xml", name)):
            yield from _xml(archive, name, f"{WORD}t")


def odf(content: bytes) -> Pieces:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        yield from _xml(archive, "content.xml")


def _xml(archive: zipfile.ZipFile, name: str, only: str = "") -> Pieces:
    """The paragraphs of a part; `only`: of the elements so called, else all words of theirs."""
    if archive.getinfo(name).file_size > MOST_XML:
        raise MemoryError
    with archive.open(name) as stream:
        for _event, element in import_module("defusedxml.ElementTree").iterparse(stream, ("end",), forbid_dtd=True):
            if element.tag in BREAKS:
                element.text = " "
            elif element.tag in PARAGRAPHS:
                yield "".join(_words(element, only)) + "\n"
                element.clear()  # a paragraph within another is not told twice


def _words(paragraph: Any, only: str) -> Pieces:
    if not only:
        return paragraph.itertext()
    return (element.text for element in paragraph.iter() if element.text and (element.tag == only or element.tag in BREAKS))


def plain(content: bytes) -> Pieces:
    yield content.decode("utf-8-sig", errors="replace")


READERS = {"pdf": pdf, "xlsx": xlsx, "docx": docx, "odt": odf, "ods": odf, "txt": plain, "csv": plain}


def gather(pieces: Pieces) -> tuple[str, bool]:
    """As much of a text as is kept, with its white space made plain; whether that is all of it."""
    parts, size = [], 0
    for piece in pieces:
        parts.append(piece)
        size += len(piece)
        if size > 2 * MOST_CHARACTERS:
            break
    text = "".join(parts).encode("utf-8", "replace").decode().replace("\x00", " ")
    # Words that a line's end has cut in two are whole again.
    text = re.sub(r"(?<=[^\W\d_])[-\u00ad]\n(?=[а-яёa-z])", "", text)
    lines = (" ".join(line.split()) for line in text.split("\n"))
    text = "\n".join(line for line in lines if line)
    return text[:MOST_CHARACTERS], len(text) <= MOST_CHARACTERS


def read(kind: str, content: bytes) -> dict[str, str]:
    """What there is to tell of the file."""
    try:
        text, whole = gather(READERS[kind](content))
    except Locked:
        return {"state": "locked", "text": ""}
    except (MemoryError, RecursionError):
        return {"state": "too_much", "text": ""}
    except Exception:  # whatever the file has led a reader into
        return {"state": "broken", "text": ""}
    if not re.search(r"\w", text):
        return {"state": "empty", "text": ""}
    return {"state": "done" if whole else "cut", "text": text}


if __name__ == "__main__":
    limit()
    sys.setrecursionlimit(2_000)
    sys.stdout.write(json.dumps(read(sys.argv[1], sys.stdin.buffer.read())))
