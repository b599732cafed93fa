"""What narrows and widens results: kinds as tabs, facets with counts, chips for what is on, and a list of all regions."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from forum.search.found import Counts
from forum.search.labels import FIXED, Labels, titles
from forum.search.page.links import Chosen, Links
from forum.search.page.wish import Wish

# How many values stand open, and how many more can be unfolded; a facet that is not named shows all.
OPEN = {"region": 6, "tag": 8, "year": 5}
FOLDED = {"region": 14, "tag": 24, "year": 30}  # all regions stand in a list by name


@dataclass(frozen=True, slots=True)
class Choice:
    """A link that takes a value, or gives it up where it is on."""

    text: str
    url: str
    active: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Facet:
    """One filter: the values that stand open, and those behind «ещё»."""

    name: str
    title: str
    choices: tuple[Choice, ...]
    more: tuple[Choice, ...] = ()
    note: str = ""


def shown_values(name: str, counts: Mapping[str, int], on: Sequence[str]) -> tuple[list[str], list[str]]:
    """Values that stand open and those that are folded, each in order; none where the facet can't narrow."""
    if len(counts) < 2 and not on:
        return [], []
    values = _in_order(name, {**dict.fromkeys(on, 0), **counts})
    if name not in OPEN:
        return values, []
    first = [*(value for value in values if value in on), *(value for value in values if value not in on)]
    few = max(OPEN[name], len(on))
    if len(first) <= few + 1:  # «ещё 1» takes as much room as the one
        return values, []
    opened = [value for value in values if value in first[:few]]
    return opened, first[few : few + FOLDED[name]]


def _in_order(name: str, counts: Mapping[str, int]) -> list[str]:
    """Years from the last; what has an order of its own in that; the rest by how many there are."""
    if name == "year":
        return sorted(counts, reverse=True)
    if name in FIXED:
        return [value for value in FIXED[name] if value in counts] + [value for value in counts if value not in FIXED[name]]
    if name == "nomination":
        return sorted(counts, key=lambda value: (len(value), value))
    return sorted(counts, key=lambda value: (-counts[value], value))


def facets(counts: Counts, chosen: Chosen, labels: Labels) -> list[Facet]:
    """All that can narrow these results, or is on."""
    found = []
    for name, title in titles().items():
        on, own = chosen.values(name), counts.get(name, {})
        opened, folded = shown_values(name, own, on) if name != "kind" else ([], [])
        if opened:
            first, more = (tuple(_choice(name, value, on, own, chosen, labels) for value in some) for some in (opened, folded))
            found.append(Facet(name, title, first, more, _note(name)))
    return found


def _note(name: str) -> str:
    """What the title of a facet leaves open."""
    return _("Когда закончили, а если ещё нет – когда начали. В карточке – дата публикации.") if name == "year" else ""


def _choice(name: str, value: str, on: Sequence[str], counts: Mapping[str, int], chosen: Chosen, labels: Labels) -> Choice:
    active = value in on
    url = chosen.without(name, [value]) if active else chosen.with_value(name, value)
    return Choice(labels.of(name, value), url, active, counts.get(value, 0))


def chips(chosen: Chosen, labels: Labels) -> Iterator[Choice]:
    """What is on, each with the address without it; what was typed as one is one."""
    for name in chosen.names:
        values = chosen.values(name)
        if name == "kind" and len(values) == 1:
            continue  # a tab says so
        together = {value: some for (named, _typed), some in chosen.typed if named == name and len(some) > 1 for value in some}
        for group in dict.fromkeys(tuple(together.get(value, [value])) for value in values):
            yield Choice(_several([labels.alone(name, value) for value in group]), chosen.without(name, group), active=True)


def _several(names: Sequence[str]) -> str:
    if len(names) <= 2:
        return ", ".join(names)
    return _("%(name)s и ещё %(number)s", name=names[0], number=len(names) - 1)


def tabs(wanted: Wish, counts: Mapping[str, int], links: Links, labels: Labels) -> list[Choice]:
    """Everything, and each kind alone; none where there is but one."""
    on = wanted.chosen["kind"]
    kinds = [
        Choice(labels.of("kind", kind), links.to(kind=[kind]), on == [kind], counts.get(kind, 0))
        for kind in FIXED["kind"]
        if counts.get(kind) or kind in on
    ]
    return [Choice(_("Всё"), links.to(kind=[]), not on, sum(counts.values())), *kinds] if on or len(kinds) > 1 else []


def regions(counts: Mapping[str, int], on: Sequence[str], labels: Labels) -> list[tuple[str, str, int]]:
    """Regions to choose from by name: code, name and count; none where the facet shows all that there are."""
    free = {code: count for code, count in counts.items() if code not in on}
    if len(counts) <= OPEN["region"] + 1:
        return []
    return sorted(((code, labels.of("region", code), count) for code, count in free.items()), key=lambda row: row[1])


def unknown(chosen: Chosen, labels: Labels) -> list[tuple[str, str]]:
    """Filters and values that there are not, as they were given."""
    return list(dict.fromkeys(_unknown(chosen, labels)))


def _unknown(chosen: Chosen, labels: Labels) -> Iterable[tuple[str, str]]:
    for name in chosen.names:
        for value in chosen.values(name):
            if not labels.knows(name, value):
                yield name, value
