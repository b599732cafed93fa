"""Names of files as people gave them, made safe to show, to store and to put in a header."""

import re
import unicodedata
from pathlib import PurePosixPath
from urllib.parse import quote

from forum.core.slug import transliterate

MAX_NAME = 120
FALLBACK = "file"

_UNFIT = re.compile(r'[<>:"|?*%;]')
# Windows opens devices under these names, whatever the extension.
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE | re.DOTALL)


def safe_name(filename: str) -> str:
    """The last part of a file name without controls, direction marks or signs that a system treats specially; ≤ 120 characters."""
    name = re.split(r"[/\\]", unicodedata.normalize("NFC", filename))[-1]
    name = "".join(" " if c.isspace() else c for c in name if c.isspace() or unicodedata.category(c)[0] != "C")
    name = re.sub(r"\s+", " ", _UNFIT.sub("_", name)).strip(" .")
    if _DEVICES.fullmatch(name):
        name = "_" + name
    suffix = PurePosixPath(name).suffix
    suffix = suffix if len(suffix) <= 10 else ""
    stem = name[: len(name) - len(suffix)][: MAX_NAME - len(suffix)].rstrip(" .")
    return (stem + suffix) if stem else FALLBACK + suffix


def content_disposition(filename: str, *, inline: bool = False) -> str:
    """The header's value with both forms of RFC 6266: an ASCII `filename` for old programs, `filename*` in UTF-8 for the rest."""
    name = safe_name(filename)
    # A dash has a likeness in ASCII; what has none leaves no hole.
    latin = re.sub(r" +", " ", transliterate(re.sub("[–—]", "-", name)))
    ascii_name = re.sub(r"[^\w .()+-]", "_", latin, flags=re.ASCII).replace(" .", ".").strip() or FALLBACK
    return f"{'inline' if inline else 'attachment'}; filename=\"{ascii_name}\"; filename*=UTF-8''{quote(name, safe='')}"
