"""The tray: the few practices that a reader has chosen to compare, by number. It lies in a cookie and in addresses, and names nobody."""

from collections.abc import Iterable

from forum.core.errors import Refused

MOST = 4
COOKIE = "compare"
LONGEST_NUMBER = 9

Tray = tuple[int, ...]


def numbers(texts: Iterable[str]) -> Tray:
    """The numbers among these texts, each once, in their order; whatever else there is, is passed over."""
    known = (int(text) for text in texts if text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER)
    return tuple(dict.fromkeys(known))


def parse(cookie: str | None) -> Tray:
    """What a cookie says: `12.45`."""
    return numbers((cookie or "")[: (LONGEST_NUMBER + 1) * MOST].split("."))[:MOST]


def text(tray: Tray) -> str:
    """The same for a cookie."""
    return ".".join(map(str, tray))


def put(tray: Tray, practice: int, instead: int | None = None) -> Tray:
    """With a practice, in the place of another where `instead` is in the tray; Refused where the tray is full."""
    if practice in tray:
        return tray
    if instead in tray:
        return tuple(practice if one == instead else one for one in tray)
    if len(tray) >= MOST:
        raise Refused("comparison.full", most=MOST)
    return (*tray, practice)


def take(tray: Tray, practice: int) -> Tray:
    """Without it."""
    return tuple(one for one in tray if one != practice)
