"""What a card names – places, nominations, tags, other practices – found in the database or, where that is allowed, made."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from forum.core.errors import Refused
from forum.places.models import Municipality, Region
from forum.practices.models import Practice
from forum.taxonomy.models import Nomination, Tag, known_codes, tags_named


class Names:
    """Remembers what it has looked up: good for one session, until a rollback."""

    def __init__(self, session: Session, tried: frozenset[str] = frozenset()) -> None:
        self.session = session
        self.tried = tried  # external ids that a dry run has found good and taken back
        self.regions = set(session.scalars(select(Region.code)))
        self.nominations = set(session.scalars(select(Nomination.id)))
        self.places: dict[tuple[str, str], Municipality] = {}
        self.tags: dict[str, list[Tag]] = {}

    def resolve(self, values: Mapping[str, Any], practice: Practice) -> dict[str, Any]:
        """The values as attributes of a practice; raises `Rejected` with every name that leads nowhere."""
        from_names = {"municipality", "region", "nomination", "tags", "costs", "donor", "obstacles"}
        result = {name: value for name, value in values.items() if name not in from_names}
        result |= {f"cost_{source}": sum_ for source, sum_ in (values.get("costs") or {}).items()}
        problems: list[Refused] = []
        for step in (self._place, self._nomination, self._tags, self._donor, self._obstacles):
            try:
                result |= step(values, practice)
            except Refused as problem:
                problems.append(problem)
        if problems:
            raise Rejected(problems)
        return result

    def _place(self, values: Mapping[str, Any], practice: Practice) -> dict[str, Any]:
        if "municipality" not in values and "region" not in values:
            return {}
        region = values.get("region")
        if region is not None and region not in self.regions:
            raise Refused("import.region", field="region", region=region)
        name = values.get("municipality")
        if name is None:
            return {"municipality": None, "region": region}
        place = self.municipality(name, region or self._only_region(name))
        return {"municipality": place, "region": place.region_code}

    def _only_region(self, name: str) -> str:
        """The region of a municipality named without one, where the name occurs once."""
        found = self.session.scalars(select(Municipality.region_code).where(Municipality.name == name).distinct().limit(2)).all()
        if len(found) != 1:
            raise Refused("import.region_needed", field="region", name=name)
        return found[0]

    def municipality(self, name: str, region: str) -> Municipality:
        """The municipality as it is today (a merged one gives its successor); made, unverified, where nobody knows it."""
        place = self.places.get((region, name))
        if place is None:
            query = select(Municipality).where(Municipality.region_code == region, Municipality.name == name)
            place = self.session.scalar(query.options(joinedload(Municipality.successor)))
            if place is None:
                place = Municipality(name=name, region_code=region, verified=False)
                place.compare_anew()
                self.session.add(place)
                self.session.flush()
            elif place.successor is not None:
                place = place.successor
            self.places[region, name] = place
        return place

    def _nomination(self, values: Mapping[str, Any], practice: Practice) -> dict[str, Any]:
        if "nomination" not in values:
            return {}
        if values["nomination"] is not None and values["nomination"] not in self.nominations:
            raise Refused("import.nomination", field="nomination", choices=", ".join(map(str, sorted(self.nominations))))
        return {"nomination_id": values["nomination"]}

    def _tags(self, values: Mapping[str, Any], practice: Practice) -> dict[str, Any]:
        if "tags" not in values:
            return {}
        tags: dict[int, Tag] = {}
        for name in values["tags"]:
            if name not in self.tags:
                self.tags[name] = tags_named(self.session, [name])
            tags |= {tag.id: tag for tag in self.tags[name]}
        return {"tags": sorted(tags.values(), key=lambda tag: tag.name)}

    def _donor(self, values: Mapping[str, Any], practice: Practice) -> dict[str, Any]:
        if "donor" not in values:
            return {}
        if values["donor"] is None:
            return {"donor_id": None}
        if values["donor"] == practice.external_id:
            raise Refused("practice.donor_self", field="donor")
        if values["donor"] in self.tried:
            return {}
        donor = self.session.scalar(select(Practice.id).where(Practice.external_id == values["donor"]))
        if donor is None:
            raise Refused("import.donor", field="donor", name=values["donor"])
        return {"donor_id": donor}

    def _obstacles(self, values: Mapping[str, Any], practice: Practice) -> dict[str, Any]:
        return {"obstacles": known_codes(self.session, values["obstacles"])} if "obstacles" in values else {}


class Rejected(Exception):
    """A card that names what is not there, or says what can't be kept: `problems` has every reason with its field."""

    def __init__(self, problems: list[Refused]) -> None:
        super().__init__(", ".join(problem.code for problem in problems))
        self.problems = problems
