"""Russian (and other Cyrillic of the Federation's languages) to the ASCII part of an address."""

import re
import unicodedata
from functools import lru_cache

MAX_SLUG = 80
FALLBACK = "item"

_LETTERS = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
        "a b v g d e yo zh z i y k l m n o p r s t u f kh ts ch sh shch _ y _ e yu ya".replace("_", "-").split(),
        strict=True,
    )
) | {"ъ": "", "ь": ""}
# Tatar, Bashkir, Yakut, Ossetian and others: the nearest sound.
_LETTERS |= dict(zip("әөүұҗңһқғҙҫҡіїєґӏҥҕӕ", "a o u u zh n h k g z s k i yi ye g - n g ae".replace("-", "i").split(), strict=True))


def transliterate(text: str) -> str:
    """Cyrillic letters to Latin ones, accents dropped; what has no Latin likeness is dropped too. Keeps capitals."""
    result = []
    # Only letters outside the table are taken apart: «й» and «ё» are letters, not accented ones.
    for char in unicodedata.normalize("NFC", text):
        latin = _LETTERS.get(char.lower())
        if latin is None:
            latin = unicodedata.normalize("NFKD", char).encode("ascii", "ignore").decode()
        elif char.isupper():
            latin = latin.capitalize()
        result.append(latin)
    return "".join(result)


@lru_cache(1024)  # a practice that gets a vote or a comment settles its title again
def slugify(text: str) -> str:
    """A slug of `a-z0-9-`, at most 80 characters, cut between words; "item" when nothing is left."""
    # Addresses stay short of a bomb: no title is longer than what the first thousand characters give.
    words = re.findall(r"[a-z0-9]+", transliterate(text[:1000]).lower())
    slug = "-".join(words)
    if len(slug) > MAX_SLUG:
        head, _, _ = slug[: MAX_SLUG + 1].rpartition("-")
        slug = head or slug[:MAX_SLUG]
    return slug or FALLBACK
