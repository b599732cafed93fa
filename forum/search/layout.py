"""Words typed in the wrong keyboard layout: «,kfujecnhjqcndj» is «благоустройство» with the switch forgotten."""

from collections.abc import Callable

from forum.search.analysis import STOP, words

_KEYS = "`qwertyuiop[]asdfghjkl;'zxcvbnm,."
_RUSSIAN = "ёйцукенгшщзхъфывапролджэячсмитьбю"
_SHIFTED = '~QWERTYUIOP{}ASDFGHJKL:"ZXCVBNM<>'
_TO_RUSSIAN = str.maketrans(_KEYS + _SHIFTED, _RUSSIAN + _RUSSIAN.upper())
_TO_LATIN = str.maketrans(_RUSSIAN + _RUSSIAN.upper(), _KEYS + _SHIFTED)
_LETTERS = frozenset(sign for sign in _KEYS + _SHIFTED if not sign.isalpha())  # signs that are letters of the other layout
_AROUND = "".join(_LETTERS) + "?!()/-–—«»„“”"
SHORTEST = 3  # letters: shorter ones mean something in both layouts too often
SURE = 4  # shorter ones, such as BIM, are words of the other layout by chance

Known = Callable[[str], bool]


def other(piece: str) -> str:
    """What the same keys mean in the other layout; empty where it cannot have been meant."""
    letters = [sign for sign in piece if sign.isalpha()]
    if _letters(piece) < SHORTEST or not letters:
        return ""
    if all(letter.isascii() for letter in letters):
        return piece.translate(_TO_RUSSIAN)
    if all("а" <= letter <= "я" or letter == "ё" for letter in piece.lower() if letter.isalpha()):
        return piece.translate(_TO_LATIN)
    return ""


def candidates(text: str) -> list[str]:
    """Every word that the text could mean in the other layout, normalised: for who looks up many at once."""
    return [word for piece in text.split() for word in words(other(piece))]


def mend(text: str, known: Known, present: Known | None = None) -> str:
    """The text with those pieces in the other layout whose words are known there and unknown as they stand.

    `present` is asked instead of short ones: whether documents have the word. Signs that mean something in a question («-», quotes)
    stay around what is mended, unless they are letters of a known word.
    """
    pieces = text.split()
    mended = [_mended(piece, known, present or known) for piece in pieces]
    # «b», «yf» between such words are «и», «на»; alone they are anything.
    return " ".join(mended if mended == pieces else map(_short_word, mended))


def _short_word(piece: str) -> str:
    other = piece.translate(_TO_RUSSIAN) if piece.isascii() and piece.isalpha() and len(piece) < SHORTEST else ""
    return other if other.lower() in STOP else piece


def _mended(piece: str, known: Known, present: Known) -> str:
    if all(known(word) or word.isdigit() for word in words(piece)):
        return piece
    for part in _parts(piece):
        meant = words(other(part))
        enough = known if _letters(part) >= SURE else present
        if meant and all(enough(word) or word.isdigit() for word in meant):
            return piece.replace(part, other(part))
    return piece


def _parts(piece: str) -> list[str]:
    """The piece, and what is left of it when the signs at its ends are only signs."""
    return list(dict.fromkeys([piece, piece.rstrip(_AROUND), piece.strip(_AROUND)]))


def _letters(piece: str) -> int:
    """How many letters the piece may have in one layout or the other."""
    return sum(sign.isalpha() or sign in _LETTERS for sign in piece)
