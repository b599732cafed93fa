"""Which addresses a text may link to or show a picture from."""

import html
import re

MAX_ADDRESS = 2_000

# Browsers drop tabs and newlines inside an address and read "\" as "/", so none of them may occur in one.
_FORBIDDEN = re.compile(r"[\x00-\x20\x7f-\xa0\u1680\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff\\]")
_OUTSIDE = re.compile(r"https?://[^/?#@]+(?:[/?#].*)?", re.IGNORECASE)  # no user:password@ before the host
_MAIL = re.compile(r"mailto:[^:/?#@]+@[^:/?#@]+", re.IGNORECASE)
_INSIDE = re.compile(r"/(?!/).*|#.*")
_FILE = re.compile(r"/files/[\w./%-]+", re.ASCII)
_FILE_TRICKS = re.compile(r"\.\.|//|%2[ef]|%5c|%00", re.IGNORECASE)


def _readings(value: str) -> list[str] | None:
    """The value as written and after each decoding of entities; None when it never settles."""
    readings = [value]
    for _ in range(4):
        decoded = html.unescape(readings[-1])
        if decoded == readings[-1]:
            return readings
        readings.append(decoded)
    return None


def _every_reading(pattern: re.Pattern[str], value: str) -> bool:
    if len(value) > MAX_ADDRESS:
        return False
    readings = _readings(value)
    return readings is not None and all(pattern.fullmatch(r) and not _FORBIDDEN.search(r) for r in readings)


def is_outside(value: str) -> bool:
    """True for an http or https address (of any host)."""
    return _every_reading(_OUTSIDE, value)


def is_link(value: str) -> bool:
    """True for what `href` may hold: http, https, mailto, `/path` and `#anchor`; never `//host`, `javascript:`, `data:`."""
    return is_outside(value) or _every_reading(_MAIL, value) or _every_reading(_INSIDE, value)


def is_own_file(value: str) -> bool:
    """True for what `src` may hold: an address of ours below /files/ that cannot climb out of it."""
    return _every_reading(_FILE, value) and not _FILE_TRICKS.search(value)
