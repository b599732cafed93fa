"""Filling in regions and municipalities from tables: the reference data of the site, and what an administrator adds to it."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from forum.core.actor import SYSTEM
from forum.core.events import record
from forum.places.kinds import CATEGORY, MunicipalityType
from forum.places.models import Municipality, Region

DATA = Path(__file__).parent / "data"
NUMBERS = ("category", "population", "population_year")

Row = Mapping[str, str | None]
Fault = tuple[int, str, str]


@dataclass(slots=True)
class Report:
    """What a table did: rows that added, changed or repeated a place, and (line, column, words) for each bad one."""

    added: int = 0
    updated: int = 0
    same: int = 0
    faults: list[Fault] = field(default_factory=list)
    other_now: list[Municipality] = field(default_factory=list)  # known ones that are compared with others otherwise than before


def read(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV table with a heading, parted by commas or (as Excel does) semicolons; UnicodeDecodeError where it is not UTF-8."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        head = file.readline()
        file.seek(0)
        return list(csv.DictReader(file, delimiter=";" if head.count(";") > head.count(",") else ","))


def load_regions(session: Session, rows: Iterable[Mapping[str, str]]) -> int:
    """Add the regions that are missing, correct the others; how many there are in the table."""
    known = {region.code: region for region in session.scalars(select(Region))}
    count = 0
    for row in rows:
        region = known.get(row["code"])
        if region is None:
            session.add(region := Region(code=row["code"]))
        region.name, region.name_en = row["name"], row["name_en"]
        region.district, region.capital, region.abbr = row["district"], row["capital"], row["abbr"]
        region.tile_x, region.tile_y = int(row["tile_x"]), int(row["tile_y"])
        for name in ("population", "population_year"):
            setattr(region, name, int(row[name]) if row.get(name) else None)
        count += 1
    session.flush()
    return count


def load_municipalities(session: Session, rows: Iterable[Row]) -> Report:
    """Add or correct municipalities; columns as in data/municipalities.csv, of which `name` and `region` must be filled.

    They are known by OKTMO where it is given (so one may be renamed), else by name within the region. What a row leaves
    empty stays as it was. A row that cannot be used is reported and left out.
    """
    table = _Table(session)
    report = Report()
    good: list[tuple[int, Row, Municipality]] = []
    for line, row in enumerate(rows, start=2):
        fault = _fault(row, table.regions) or table.fault(row)
        if fault:
            report.faults.append((line, *fault))
            continue
        place = table.put(row)
        good.append((line, row, place))
        _count(report, place)
    session.flush()
    report.faults += _succeed(good, table.by_name)
    session.flush()
    if report.other_now:
        record(session, "municipality.changed", by=SYSTEM, ids=[place.id for place in report.other_now])
    return report


class _Table:
    """The municipalities there are, found by both of their keys."""

    def __init__(self, session: Session) -> None:
        self.session = session
        places = session.scalars(select(Municipality)).all()
        self.by_name = {(place.region_code, place.name): place for place in places}
        self.by_oktmo = {place.oktmo: place for place in places if place.oktmo}
        self.regions = set(session.scalars(select(Region.code)))

    def _named(self, row: Row) -> Municipality | None:
        return self.by_name.get((_of(row, "region"), _of(row, "name")))

    def fault(self, row: Row) -> tuple[str, str] | None:
        """Where name and code point to two places."""
        named, numbered = self._named(row), self.by_oktmo.get(_of(row, "oktmo"))
        if named and numbered and named is not numbered:
            return "oktmo", f"код {numbered.oktmo} принадлежит другому муниципалитету: {numbered.name}"
        if named and named.oktmo and _of(row, "oktmo") not in ("", named.oktmo):
            return "oktmo", f"у муниципалитета «{named.name}» другой код: {named.oktmo}"
        return None

    def put(self, row: Row) -> Municipality:
        """The place of a row, with what the row says."""
        place = self.by_oktmo.get(_of(row, "oktmo")) or self._named(row)
        if place is None:
            self.session.add(place := Municipality())
        else:
            self.by_name.pop((place.region_code, place.name), None)
        _fill(place, row)
        self.by_name[place.region_code, place.name] = place
        if place.oktmo:
            self.by_oktmo[place.oktmo] = place
        return place


def _of(row: Row, column: str) -> str:
    text = " ".join((row.get(column) or "").split())
    return text.replace(" ", "") if column in NUMBERS else text


def _fault(row: Row, regions: set[str]) -> tuple[str, str] | None:
    if not _of(row, "name"):
        return "name", "нет названия"
    if _of(row, "region") not in regions:
        return "region", f"нет региона с кодом «{_of(row, 'region')}»"
    if len(_of(row, "name")) > 160:
        return "name", "название длиннее 160 знаков"
    if _of(row, "type") and _of(row, "type") not in set(MunicipalityType):
        return "type", f"тип «{_of(row, 'type')}» не из списка: {', '.join(MunicipalityType)}"
    for column in NUMBERS:
        if _of(row, column) and not (_of(row, column).isdecimal() and len(_of(row, column)) < 10):
            return column, f"«{_of(row, column)}» – не целое число"
    if _of(row, "category") not in ("", "1", "2"):
        return "category", "категория – 1 или 2"
    if _of(row, "oktmo") and not (_of(row, "oktmo").isdecimal() and len(_of(row, "oktmo")) in (8, 11)):
        return "oktmo", "в коде ОКТМО 8 или 11 цифр"
    return None


def _fill(place: Municipality, row: Row) -> None:
    place.name, place.region_code, place.verified = _of(row, "name"), _of(row, "region"), True
    place.oktmo = _of(row, "oktmo") or place.oktmo
    place.name_en = _of(row, "name_en") or place.name_en
    if _of(row, "type"):
        place.type = _of(row, "type")
        place.category = CATEGORY.get(MunicipalityType(place.type))
    for column in NUMBERS:
        if _of(row, column):
            setattr(place, column, int(_of(row, column)))
    place.compare_anew()


def _count(report: Report, place: Municipality) -> None:
    state = inspect(place)
    if state.transient or state.pending:
        report.added += 1
    elif any(state.attrs[column.key].history.has_changes() for column in state.mapper.column_attrs):
        report.updated += 1
        if state.attrs.profile.history.has_changes():
            report.other_now.append(place)
    else:
        report.same += 1


def _succeed(good: list[tuple[int, Row, Municipality]], by_name: dict[tuple[str, str], Municipality]) -> list[Fault]:
    """Point merged and renamed ones to who came after them."""
    faults = []
    for line, row, place in good:
        name = _of(row, "successor")
        successor = by_name.get((place.region_code, name)) if name else None
        if successor is not None and successor is not place:
            place.successor_id = successor.id
        elif name:
            faults.append((line, "successor", f"в регионе {place.region_code} нет другого муниципалитета «{name}»"))
    return faults


def load(session: Session) -> tuple[int, int]:
    """The data that comes with the site; safe to repeat. Numbers of regions and municipalities."""
    regions = load_regions(session, read(DATA / "regions.csv"))
    report = load_municipalities(session, read(DATA / "municipalities.csv"))
    if report.faults:
        raise ValueError(report.faults)
    return regions, report.added + report.updated + report.same
