"""Words typed in the wrong keyboard layout: «,kfujecnhjqcndj» is «благоустройство» with the switch forgotten."""

from collections.abc import Callable

from forum.search.analysis import words

_LATIN = "`qwertyuiop[]asdfghjkl;'zxcvbnm,."
_RUSSIAN = "ёйцукенгшщзхъфывапролджэячсмитьбю"
_TO_RUSSIAN = str.maketrans(_LATIN + _LATIN.upper() + "~{}:<>", _RUSSIAN + _RUSSIAN.upper() + "ЁХЪЖБЮ")
_TO_LATIN = str.maketrans(_RUSSIAN + _RUSSIAN.upper(), _LATIN + _LATIN.upper())
SHORTEST = 3  # letters: shorter ones mean something in both layouts too often

Known = Callable[[str], bool]


def candidates(text: str) -> list[str]:
    """Every word that the text could mean in the other layout, normalised: for who looks up many at once."""
    return [word for piece in text.split() if (other := _other(piece)) for word in words(other)]


def mend(text: str, known: Known) -> str:
    """The text with those pieces in the other layout whose words are known there and unknown as they stand."""
    return " ".join(_mended(piece, known) for piece in text.split())


def _mended(piece: str, known: Known) -> str:
    other = _other(piece)
    if not other:
        return piece
    meant = words(other)
    return other if meant and all(map(known, meant)) and not all(map(known, words(piece))) else piece


def _other(piece: str) -> str:
    """The piece in the other layout; empty where it cannot have been meant."""
    letters = [sign for sign in piece if sign.isalpha()]
    if len(letters) + sum(sign in "`[];',." for sign in piece) < SHORTEST or not letters:
        return ""
    if all(letter.isascii() for letter in letters):
        return piece.translate(_TO_RUSSIAN)
    if all("а" <= letter <= "я" or letter == "ё" for letter in piece.lower() if letter.isalpha()):
        return piece.translate(_TO_LATIN)
    return ""
