"""Office documents are ZIP archives: what they really hold, and how large they would unpack."""

import io
import re
import struct
import zipfile
import zlib

from forum.core.errors import Refused

MAX_MEMBERS = 5_000
MAX_UNPACKED = 100 * 1024 * 1024  # bytes
MAX_RATIO = 100  # sheets of XML pack 20–50 times; only large contents are judged by it
RATIO_FROM = 10 * 1024 * 1024
_CHUNK = 64 * 1024

OOXML = {
    b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml": "docx",
    b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": "xlsx",
}
ODF = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
}
_ACTIVE = re.compile(
    r"(?:^|/)(?:vbaProject[^/]*|vbaData\.xml|activeX/.*)$|^(?:Basic|Scripts)/"
    r"|\.(?:exe|dll|scr|com|bat|cmd|ps1|vbs|js|jse|wsf|hta|jar|lnk|msi|html?)$",
    re.IGNORECASE,
)


def office_type(content: bytes) -> str | None:
    """The name (docx, xlsx, odt, ods) of a sound document without macros; None for any other archive.

    Raises Refused: `file.bomb`, `file.broken`, `file.active`.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_shape(archive, content)
            _check_unpacked(archive, len(content))
            return _declared_type(archive)
    except (zipfile.BadZipFile, zlib.error, struct.error, OSError, ValueError, EOFError, NotImplementedError, RuntimeError):
        raise Refused("file.broken") from None


def _check_shape(archive: zipfile.ZipFile, content: bytes) -> None:
    members = archive.infolist()
    if len(members) > MAX_MEMBERS:
        raise Refused("file.bomb")
    names = [m.filename for m in members]
    # The first member at 0 and no comment at the end: nothing else is hidden before or behind the archive.
    whole = min((m.header_offset for m in members), default=1) == 0 and not archive.comment and content.endswith(b"\0\0")
    odd = any(n.startswith("/") or "\\" in n or ".." in n.split("/") for n in names)
    packed = all(m.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) and not m.flag_bits & 1 for m in members)
    if not whole or odd or not packed or len(set(names)) != len(names):
        raise Refused("file.broken")
    if any(_ACTIVE.search(name) for name in names):
        raise Refused("file.active")


def _check_unpacked(archive: zipfile.ZipFile, size: int) -> None:
    """The sizes a member claims may lie, so each is unpacked, piece by piece, within one budget."""
    total = sum(m.file_size for m in archive.infolist())
    if total > MAX_UNPACKED or (total > RATIO_FROM and total > size * MAX_RATIO):
        raise Refused("file.bomb")
    for member in archive.infolist():
        with archive.open(member) as stream:
            while stream.read(_CHUNK):
                pass  # the reader stops at the size claimed and raises BadZipFile when the checksum differs


def _declared_type(archive: zipfile.ZipFile) -> str | None:
    names = set(archive.namelist())
    if {"[Content_Types].xml", "_rels/.rels"} <= names:
        types = archive.read("[Content_Types].xml")
        if b"macroEnabled" in types or b"vbaProject" in types:
            raise Refused("file.active")
        found = {kind for media_type, kind in OOXML.items() if b'ContentType="' + media_type + b'"' in types}
        return found.pop() if len(found) == 1 else None
    if archive.infolist()[0].filename == "mimetype" and {"content.xml", "META-INF/manifest.xml"} <= names:
        return ODF.get(archive.read("mimetype"))
    return None
