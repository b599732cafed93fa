"""From what a person typed to a municipality of the reference data."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from forum.places.models import Municipality, Region
from forum.places.queries import by_id, names

SHOWN = 5
LONGEST_CHAIN = 10
_KINDS = re.compile(
    r"^(г|гор|город|го|городской округ|мо|муниципальный (округ|район)|п|пос|поселок|пгт|с|село|д|деревня|ст-ца|станица)\.?\s+"
)
_SHORT = {"обл": "область", "респ": "республика", "окр": "округ", "р-н": "район"}


@dataclass(frozen=True, slots=True)
class Choice:
    """A place, or the labels of those that could have been meant."""

    place: Municipality | None = None
    similar: list[str] = field(default_factory=list)


def fold(text: str) -> str:
    """A name without the differences people make: case, «ё», «г.», «обл.»."""
    words = " ".join(text.casefold().replace("ё", "е").split())
    words = " ".join(_SHORT.get(word.rstrip("."), word) for word in words.split())
    return _KINDS.sub("", words)


def choose(session: Session, text: str) -> Choice:
    """The municipality meant by «Обнинск, Калужская область», «Обнинск, 40» or, where one place has that name, «Обнинск».

    A place that was merged or renamed is known by its old name, and resolves to its successor: what is chosen today is
    what exists today, and old records keep the place they were given. The place comes with its region.
    Latin letters mean the English names: «Obninsk, Kaluga Oblast».
    """
    name, _, region = text.rpartition(",") if "," in text else (text, "", "")
    own, of_region = names("en" if text.isascii() else "ru")
    columns = (Municipality.id, own.label("name"), Municipality.region_code, of_region.label("region"))
    rows = session.execute(select(*columns).join(Municipality.region)).all()
    wanted, where = fold(name), fold(region)
    found = [row for row in rows if fold(row.name) == wanted and _lies_in(row, where)]
    # «Кунгур» is a town, «Кунгурский район» another row: only the very name, typed in full, decides between equals.
    exact = [row for row in found if row.name.casefold() == name.strip().casefold()]
    found = exact if len(exact) == 1 else found
    if len(found) == 1:
        return Choice(current_of(session, found[0].id))
    return Choice(similar=[f"{row.name}, {row.region}" for row in found[:SHOWN]] or _similar(rows, wanted, where))


def _lies_in(row: Row[int, str, str, str], where: str) -> bool:
    return not where or where == row.region_code or where in fold(row.region)


def _similar(rows: Sequence[Row[int, str, str, str]], wanted: str, where: str) -> list[str]:
    if len(wanted) < 3:
        return []
    near = [row for row in rows if _lies_in(row, where)] or list(rows)
    labels: dict[str, str] = {}
    for row in near:
        labels.setdefault(fold(row.name), f"{row.name}, {row.region}")
    begun = [label for name, label in labels.items() if name.startswith(wanted) or wanted in name]
    alike = get_close_matches(wanted[:60], [name for name in labels if name[:1] == wanted[:1]], n=SHOWN, cutoff=0.7)
    return list(dict.fromkeys([*sorted(begun)[:SHOWN], *(labels[name] for name in alike)]))[:SHOWN]


def current_of(session: Session, municipality_id: int) -> Municipality:
    """What a municipality has become: the last of its successors, or itself; with its region."""
    for _ in range(LONGEST_CHAIN):
        place = session.execute(by_id(municipality_id)).scalar_one()
        if place.successor_id is None:
            break
        municipality_id = place.successor_id
    return place


def region_code(session: Session, name: str) -> str | None:
    """The code of the region named so: in full, as «Калужская обл.», or by the code itself."""
    wanted = fold(name)
    known = session.execute(select(Region.code, Region.name, Region.name_en)).all()
    return next((row.code for row in known if wanted and wanted in (row.code, fold(row.name), fold(row.name_en))), None)


def find_or_add(session: Session, name: str, region_code: str) -> Municipality | None:
    """The municipality of a record from outside; one unknown in a known region is added as unverified. None: no such region.

    Like `choose`, it knows old names and gives the successor.
    """
    chosen = choose(session, f"{name}, {region_code}").place
    if chosen is not None or session.get(Region, region_code) is None:
        return chosen
    place = Municipality(name=" ".join(name.split())[:160], region_code=region_code, verified=False)
    place.compare_anew()
    session.add(place)
    session.flush()
    return session.execute(by_id(place.id).execution_options(populate_existing=True)).scalar_one()
