"""From what somebody typed to the municipality meant."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from forum.places.models import Municipality, Region

SUGGESTED = 6
_PREFIX = re.compile(r"^(?:г\.|город(?:ской округ)?|го|мо)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Match:
    """The place found; or, where there is not exactly one, those that may have been meant."""

    place: Municipality | None = None
    candidates: Sequence[Municipality] = field(default=())
    ambiguous: bool = False


def folded(text: str) -> str:
    """How two spellings of a name are compared: case, «ё», quotes and «г.» do not count."""
    text = _PREFIX.sub("", " ".join(text.split()))
    return text.casefold().replace("ё", "е").strip("«»\" ,.")


def resolve(session: Session, text: str, region_code: str = "") -> Match:
    """The municipality named as `Обнинск`, `Обнинск, Калужская область`, `г. обнинск` or by its number.

    One that was merged or renamed gives its successor. `region_code` narrows where a name occurs in several regions.
    """
    if text.isdecimal() and len(text) < 10:
        found = session.scalar(_places().where(Municipality.id == int(text)))
        return Match(_present(found)) if found else Match()
    places = _narrowed(session.scalars(_places().where(Municipality.name == text)).all(), region_code)
    if len(places) == 1:
        return Match(places[0])
    return _by_spelling(session, text, region_code)


def _places() -> Select[tuple[Municipality]]:
    return select(Municipality).options(
        joinedload(Municipality.region), joinedload(Municipality.successor).joinedload(Municipality.region)
    )


def _by_spelling(session: Session, text: str, region_code: str) -> Match:
    name, _, region = text.rpartition(",")
    regions = {folded(row.name): row.code for row in session.execute(select(Region.name, Region.code))}
    code = regions.get(folded(region), "")
    wanted, code = (folded(name), code) if code and name.strip() else (folded(text), region_code)
    ids: dict[str, list[int]] = {}
    for row in session.execute(select(Municipality.id, Municipality.name, Municipality.region_code)):
        if not code or row.region_code == code:
            ids.setdefault(folded(row.name), []).append(row.id)
    if wanted in ids:
        places = _narrowed(session.scalars(_places().where(Municipality.id.in_(ids[wanted]))).all(), "")
        return Match(places[0]) if len(places) == 1 else Match(candidates=places[:SUGGESTED], ambiguous=True)
    likely = get_close_matches(wanted, [key for key in ids if key[:1] == wanted[:1]], n=SUGGESTED, cutoff=0.6)
    near = [number for key in likely for number in ids[key]][:SUGGESTED]
    return Match(candidates=session.scalars(_places().where(Municipality.id.in_(near))).all() if near else ())


def _narrowed(found: Sequence[Municipality], region_code: str) -> list[Municipality]:
    """Those of the region, each as it is today, without doubles."""
    present = {place.id: place for place in map(_present, found)}
    here = [place for place in present.values() if not region_code or place.region_code == region_code]
    return here


def _present(place: Municipality) -> Municipality:
    return place.successor or place
