"""Indicators of several practices that measure the same."""

from collections import Counter
from collections.abc import Sequence

from forum.practices.models import Indicator

Lists = Sequence[Sequence[Indicator]]


def key(row: Indicator) -> tuple[str, str]:
    """What makes two indicators the same: name and unit, whatever their case, spaces and «ё»."""
    name, unit = (" ".join(text.casefold().replace("ё", "е").split()).rstrip(".,:; ") for text in (row.name, row.unit))
    return name, unit


def matched(lists: Lists) -> tuple[list[list[Indicator | None]], list[list[Indicator]]]:
    """Rows of those that two practices or more have (None for who has not), and the others of each practice.

    Of two in one practice that measure the same the first is taken, the other stands with the others.
    """
    firsts: list[dict[tuple[str, str], Indicator]] = []
    for rows in lists:
        own: dict[tuple[str, str], Indicator] = {}
        for row in rows:
            own.setdefault(key(row), row)
        firsts.append(own)
    numbers = Counter(name for own in firsts for name in own)
    shared = [name for name, number in numbers.items() if number > 1]
    others = [[row for row in rows if key(row) not in shared or own[key(row)] is not row] for rows, own in zip(lists, firsts, strict=True)]
    return [[own.get(name) for own in firsts] for name in shared], others
