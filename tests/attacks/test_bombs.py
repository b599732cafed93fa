"""Hostile questions, texts and files: refused or answered with bounded work, and never kept as they came."""

import io
import struct
import time
import zipfile
import zlib
from contextlib import suppress
from functools import cache

import pytest
from PIL import Image

from forum.attachments.models import Attachment
from forum.core.difference import by_word
from forum.core.errors import Refused
from forum.core.text import quote, render
from forum.search.query import parse
from tests.attacks.test_once import PDF, found

# The bound is a ratio taken in the same run: so many times the work of an honest text, about a second and a half of a quiet machine.
# The worst text takes 5; one that a parser meets with work that grows quadratically takes hundreds.
LIMIT = 15
HONEST = "слово и ещё **одно**, [ссылка](https://example.org/a)\n\n" * 400

TEXTS = {
    "nested quotes": "> " * 30_000 + "а",
    "nested lists": "".join(" " * (2 * n) + "- а\n" for n in range(300)),
    "one line": "а" * 100_000,
    "brackets": "[" * 50_000 + "]" * 50_000,
    "links": "[a](" * 25_000,
    "images": "![" * 50_000,
    "stars": "*" * 100_000,
    "stars and words": "*а **б " * 9_000,
    "underscores": "a_b_" * 15_000,
    "backticks": "".join("`" * n + " " for n in range(440)),
    "empty table": "|" * 700 + "\n" + "|-" * 700 + "|\n" + "|\n" * 300,
    "wide table": "|a" * 20_000 + "\n" + "|-" * 20_000 + "\n",
    "entities": "&amp;" * 20_000,
    "half entities": "&" * 100_000,
    "addresses": "http://a.b " * 9_000,
    "mails": "a@b.c" * 20_000,
    "dots": "a." * 50_000,
    "references": "".join(f"[{n}]: /a\n" for n in range(8_000)) + "[1]" * 5_000,
    "tags": "<a " * 33_000,
    "comments": "<!--" * 25_000,
    "escapes": "\\[" * 50_000,
    "spaces": "a" + " " * 99_000 + "b",
    "newlines": "a\n" * 30_000,
    "headings": "# a\n" * 25_000,
    "rules": "---\n" * 25_000,
    "strikes": "~~a" * 20_000,
}


def _seconds(work) -> float:
    start = time.thread_time()
    with suppress(Refused):
        work()
    return time.thread_time() - start


@cache
def _unit() -> float:
    render("разогрев")
    return sorted(_seconds(lambda: render(HONEST)) for _ in range(3))[1]


def _spent(work) -> float:
    """How many times the work of an honest text this takes."""
    return _seconds(work) / _unit()


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_takes_bounded_work(name):
    text = TEXTS[name]
    assert _spent(lambda: render(text)) < LIMIT
    assert _spent(lambda: quote(text)) < LIMIT


@pytest.mark.parametrize("other", ["а б " * 25_000, "\n".join(map(str, range(20_000))), "а" * 100_000])
def test_two_texts_are_compared_with_bounded_work(other):
    assert _spent(lambda: by_word("б а " * 25_000, other)) < LIMIT
    assert _spent(lambda: by_word(other[:50_000] + "\n".join(other[50_000:]), other)) < LIMIT


QUESTIONS = [
    "**", "?*", "NOT NOT NOT а", '"' * 3000, "-" * 3000, "(" * 3000, "а OR " * 900, "title:" * 500, "а~9", "[а TO б]", "\x00\ud800",
    "«" * 999, " ".join(f"слово{n}" for n in range(900)), "ё" * 5000, "*а*", "а" * 60_000, "{{7*191}}", "%s%n", "\u0301" * 4000,
]  # fmt: skip


def test_a_question_takes_bounded_work(visitor):
    parse("разогрев")
    for question in QUESTIONS:
        assert _spent(lambda question=question: parse(question)) < LIMIT
        _ask(visitor, question)


def _ask(visitor, question: str) -> None:
    for address in ("/search", "/api/v1/search"):
        answer = visitor.client.get(address, query_string={"q": question.encode("utf-8", "ignore").decode()[:4000]})
        assert answer.status_code in (200, 400, 422)


def _png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = zlib.compress(b"\0" * 1_000_000, 9)
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def _archive(kind: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(kind, b"\0" * 300_000_000 if kind == "word/document.xml" else b"MZ")
    return buffer.getvalue()


def _photo() -> bytes:
    buffer = io.BytesIO()
    image = Image.new("RGB", (60, 40), "green")
    exif = image.getexif()
    exif[0x010E] = "canary-exif"
    image.save(buffer, "JPEG", exif=exif, comment=b"canary-comment")
    return buffer.getvalue() + b"<script>canary-tail</script>"


HTML = b"<!doctype html><script>canary()</script>"
REFUSED = {
    "a.png": HTML,
    "a.svg": b'<svg xmlns="http://www.w3.org/2000/svg" onload="canary()"/>',
    "b.png": b'<svg xmlns="http://www.w3.org/2000/svg"/>',
    "a.html": HTML,
    "a.txt": HTML,
    "a.csv": b"a,b\n<script>canary()</script>,c",
    "a.pdf": b"%PDF-1.4\n<script>canary()</script>\n%%EOF",
    "big.png": _png(30_000, 30_000),
    "bomb.docx": _archive("word/document.xml"),
    "macro.docx": _archive("word/vbaProject.bin"),
    "zip.pdf": PDF + _archive("a.exe"),
    "gif.gif": b"GIF89a" + b"\0" * 99,
    "empty.pdf": b"",
}


@pytest.fixture
def author(make, visitor, fields):
    return visitor.sign_in(make.person())


@pytest.mark.parametrize("name", REFUSED)
def test_a_hostile_file_is_refused(author, session, fields, name):
    assert _spent(lambda: author.post("/practices/new", 422, data=fields | {"files": (io.BytesIO(REFUSED[name]), name)})) < 3 * LIMIT
    assert not found(session, Attachment)


@pytest.mark.parametrize("name", ["../../etc/passwd.jpg", 'a";x=".jpg', "\u202egpj.jpg", "a" * 400 + ".jpg", "CON.jpg"])
def test_a_photo_keeps_its_pixels_alone(author, session, fields, name):
    author.post("/practices/new", 422, data=fields | {"files": (io.BytesIO(_photo()), name)})  # not described yet
    (file,) = found(session, Attachment)
    answer = author.client.get(f"/files/{file.id}/any")
    assert b"canary" not in answer.data and Image.open(io.BytesIO(answer.data)).size == (60, 40)
    assert answer.mimetype == "image/jpeg" and "sandbox" in answer.headers["Content-Security-Policy"]
    assert "/" not in file.name and "\n" not in file.name and len(file.name) <= 120
    assert author.app.test_client().get(f"/files/{file.id}/any").status_code == 404
