"""The comparison as a table: a column for each practice, a row for each field that one of them has."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from forum.comparison.matching import matched
from forum.core.text import plain
from forum.practices.models import Indicator, Practice
from forum.practices.peers import Standing
from forum.practices.views import labels
from forum.practices.views.changes import labels as fields
from forum.practices.views.changes import sources
from forum.practices.views.costs import Line, cost_lines, names
from forum.practices.views.reading import before_and_after
from forum.web.language import named
from forum.web.templating import change, excerpt, month, number, roubles

# Of a long text so much is shown; the whole stands on the practice's own page and in the table for spreadsheets.
SHOWN = 320
# Left out on paper, so that four practices fit on one page.
ASIDE = ("goals", "steps", "resources", "participation")


@dataclass(frozen=True, slots=True)
class Cell:
    """What one practice says: the text, a smaller note, the whole value as spreadsheets take it, where there is more to read."""

    text: str = ""
    note: str = ""
    value: Any = None
    more: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One field; `kind`: figure (aligned by its unit), text, long (shortened), `long aside` (and left out on paper)."""

    label: str
    kind: str
    cells: list[Cell]

    @property
    def differs(self) -> bool:
        """Whether the practices do not all say the same; with one alone nothing differs."""
        return any(cell.value != self.cells[0].value for cell in self.cells)

    @property
    def empty(self) -> bool:
        return all(cell.value in (None, "") for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under one heading."""

    title: str
    rows: list[Row]


def table(practices: Sequence[Practice], standings: Mapping[int, Standing], differing: bool = False) -> list[Group]:
    """Groups of the rows that are not empty; with `differing`, of those alone in which the practices differ."""
    groups = [
        Group(_("Где и что"), list(_setting(practices))),
        Group(_("Деньги"), [*_money(practices), *_comparable(practices, standings)]),
        Group(_("Люди"), [_figures(fields()[name], practices, name, number) for name in ("beneficiaries", "participants")]),
        Group(_("Показатели"), list(_indicators(practices))),
        Group(_("Словами"), list(_words(practices))),
    ]
    kept = (Group(one.title, [row for row in one.rows if not row.empty and (row.differs or not differing)]) for one in groups)
    return [group for group in kept if group.rows]


def _texts(label: str, values: Sequence[str]) -> Row:
    return Row(label, "text", [Cell(value, value=value) for value in values])


def _figures(label: str, practices: Sequence[Practice], name: str, told: Callable[[Any], str]) -> Row:
    values = [getattr(practice, name) for practice in practices]
    return Row(label, "figure", [Cell(told(value), value=value) for value in values])


def _setting(practices: Sequence[Practice]) -> Iterator[Row]:
    towns, types, named_ = [practice.municipality for practice in practices], labels.place_types(), fields()
    yield _texts(_("Регион"), [named(town.region) if town else "" for town in towns])
    yield _texts(_("Тип муниципалитета"), [types.get(town.type or "", "") if town else "" for town in towns])
    populations = [town.population if town else None for town in towns]
    yield Row(_("Население"), "figure", [Cell(number(value), value=value) for value in populations])
    yield _texts(_("Номинация"), [named(one.nomination, "short") if one.nomination else "" for one in practices])
    yield _texts(named_["tags"], [", ".join(tag.name for tag in practice.tags) for practice in practices])
    yield _texts(_("Сроки"), [_period(practice) for practice in practices])


def _period(practice: Practice) -> str:
    """март 2022 – сейчас"""
    if not (practice.started or practice.finished):
        return ""
    end = month(practice.finished) or _("сейчас")
    return end if practice.started in (None, practice.finished) else f"{month(practice.started)} – {end}"


def _money(practices: Sequence[Practice]) -> Iterator[Row]:
    yield _figures(_("Всего"), practices, "total", roubles)
    for source, label in sources().items():
        if any(practice.costs[source] for practice in practices):
            yield _figures(label, practices, f"cost_{source}", roubles)
    yield _figures(fields()["upkeep"], practices, "upkeep", roubles)


def _comparable(practices: Sequence[Practice], standings: Mapping[int, Standing]) -> Iterator[Row]:
    """In prices of one year, with the place among similar practices."""
    told = [cost_lines(practice, standings.get(practice.id)) for practice in practices]
    lines = [{line.name: line for line in one.lines} if one else {} for one in told]
    level = next((one.level for one in told if one), None)
    for name, label in names().items():
        full = label if name == "extra_share" else _("%(label)s, в ценах %(year)s года", label=label, year=level)
        cells = [_placed(own.get(name), practice.figures[name]) for own, practice in zip(lines, practices, strict=True)]
        yield Row(full, "figure", cells)


def _placed(line: Line | None, value: float | None) -> Cell:
    if line is None or value is None:
        return Cell()
    note = f"{line.place}; {line.usual}" if line.place else _("слишком мало похожих, чтобы сравнить")
    return Cell(line.value, note, round(value, 2))


def _indicators(practices: Sequence[Practice]) -> Iterator[Row]:
    shared, others = matched([practice.indicators or () for practice in practices])
    for rows in shared:
        first = next(row for row in rows if row is not None)
        label = f"{first.name}, {first.unit}" if first.unit else first.name
        yield Row(label, "figure", [_measured(row) for row in rows])
    texts = ["\n".join(map(_in_a_line, rows)) for rows in others]
    yield Row(_("Другие показатели") if shared else _("Показатели"), "text", [Cell(text, value=text) for text in texts])


def _measured(row: Indicator | None) -> Cell:
    if row is None:
        return Cell()
    text = f"{number(row.before)} → {number(row.after)}"
    return Cell(text, change(row.change, row.unit), text)


def _in_a_line(row: Indicator) -> str:
    """Расход энергии: 410 → 197 тыс. кВт·ч (−52 %)"""
    by = change(row.change, row.unit)
    return f"{row.name}: {before_and_after(row)}{f' ({by})' if by else ''}"


def _words(practices: Sequence[Practice]) -> Iterator[Row]:
    labels_ = fields()
    for name in ("summary", "problem", "goals", "solution", "steps", "resources", "results", "participation", "lessons", "replication"):
        yield Row(labels_[name], "long aside" if name in ASIDE else "long", [_shortened(practice, name) for practice in practices])


def _shortened(practice: Practice, name: str) -> Cell:
    if name in Practice.ROWS:
        whole = "\n".join(f"{at}. {row.what}" for at, row in enumerate(getattr(practice, name) or (), 1))
    else:
        whole = practice.summary if name == "summary" else plain(practice.html.get(name, ""))
    flat = " ".join(whole.split())
    short = excerpt(flat, SHOWN) if len(flat) > SHOWN else flat
    place = url_for("practices.show", id=practice.id, slug=practice.slug, _anchor=name)
    return Cell(short, value=whole, more=place if short != flat else "")
