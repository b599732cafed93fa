"""Which files may be attached, told by their content: a name or a header only has to agree."""

import io
import re
import zipfile
from dataclasses import dataclass
from pathlib import PurePosixPath

import puremagic

from forum.core.archives import office_type
from forum.core.errors import Refused

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file that may be attached; `max_size` in bytes."""

    name: str
    media_type: str
    extensions: tuple[str, ...]
    is_picture: bool = False

    @property
    def max_size(self) -> int:
        return (10 if self.is_picture else 20) * MEGABYTE


_OOXML = "application/vnd.openxmlformats-officedocument."
_ODF = "application/vnd.oasis.opendocument."
_PICTURES = (".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".webp")  # all are re-encoded: which one it says matters little
KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("pdf", "application/pdf", (".pdf",)),
        Kind("docx", _OOXML + "wordprocessingml.document", (".docx",)),
        Kind("xlsx", _OOXML + "spreadsheetml.sheet", (".xlsx",)),
        Kind("odt", _ODF + "text", (".odt",)),
        Kind("ods", _ODF + "spreadsheet", (".ods",)),
        Kind("csv", "text/csv; charset=utf-8", (".csv",)),
        Kind("txt", "text/plain; charset=utf-8", (".txt",)),
        Kind("jpeg", "image/jpeg", _PICTURES, is_picture=True),
        Kind("png", "image/png", _PICTURES, is_picture=True),
        Kind("webp", "image/webp", _PICTURES, is_picture=True),
    )
}
_TEXT_CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_MARKUP = re.compile(
    rb"<\s*(?:!doctype|!entity|\?xml|\?php|html|head|body|script|svg|iframe|object|embed|img|style|meta|link|base)\b", re.IGNORECASE
)


def type_by_content(content: bytes, filename: str) -> Kind:
    """The kind of a file; raises Refused: `file.empty`, `file.too_large` (limit_mb), `file.type` (name, extension),
    `file.broken`, `file.bomb`, `file.active` (macros or programs inside)."""
    if not content:
        raise Refused("file.empty")
    largest = max(kind.max_size for kind in KINDS.values())
    if len(content) > largest:
        raise Refused("file.too_large", limit_mb=largest // MEGABYTE)
    extension = PurePosixPath(filename.strip()).suffix.lower()
    kind = KINDS.get(_name_of(content, extension) or "")
    if kind is None or (extension and extension not in kind.extensions):
        raise Refused("file.type", name=filename, extension=extension)
    if len(content) > kind.max_size:
        raise Refused("file.too_large", limit_mb=kind.max_size // MEGABYTE)
    return kind


def _name_of(content: bytes, extension: str) -> str | None:
    if content.startswith(b"PK\x03\x04"):
        # Old readers look for a PDF anywhere in the first kilobyte.
        return None if b"%PDF-" in content[:1024] else office_type(content)
    name = _by_signature(content)
    if name is None:
        return _text_name(content, extension)
    return name if _second_opinion(content, name) and not _is_archive_too(content) else None


def _by_signature(content: bytes) -> str | None:
    if content.startswith(b"%PDF-") and b"%%EOF" in content[-2048:] and not _MARKUP.search(content[:1024]):
        return "pdf"
    if content.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return "webp"
    return None


def _second_opinion(content: bytes, name: str) -> bool:
    """What puremagic thinks must include what our own signature says."""
    return any(match.mime_type == KINDS[name].media_type for match in _matches(content))


def _matches(content: bytes) -> list[puremagic.PureMagicWithConfidence]:
    try:
        matches: list[puremagic.PureMagicWithConfidence] = puremagic.magic_string(content[:4096] + content[-4096:])
    except (puremagic.PureError, ValueError):
        return []
    return matches


def _is_archive_too(content: bytes) -> bool:
    """True for a polyglot: a picture or PDF with an archive behind it, which starts as one thing and opens as another."""
    return zipfile.is_zipfile(io.BytesIO(content))


def _text_name(content: bytes, extension: str) -> str | None:
    """The name (csv, txt) of UTF-8 text in which no program would see a page, a script or another format."""
    if extension not in ("", ".csv", ".txt") or _TEXT_CONTROLS.search(content) or _MARKUP.search(content):
        return None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    known = any(match.confidence >= 0.4 for match in _matches(content))
    if known or text.startswith(("#!", "%PDF", "%!PS")) or _is_archive_too(content):
        return None
    return "csv" if extension == ".csv" else "txt"
