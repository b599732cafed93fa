"""What a volume consists of, decided before the first row is written: who, where, when, and how much is said of what."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from random import Random
from typing import Any, TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from forum.core.slug import slugify
from forum.demo import words
from forum.entries.models import Entry, State
from forum.places.models import Municipality
from forum.taxonomy.models import Nomination, Obstacle, Tag, obstacles, prices
from forum.taxonomy.prices import Prices

# Not the present: the same seed gives the same rows on any day.
END = datetime(2026, 11, 1, tzinfo=UTC)
SPAN = timedelta(days=730)
# Of a hundred practices, these are not public.
UNSEEN = {11: State.DRAFT, 47: State.HIDDEN, 83: State.WAITING}

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Volume:
    """How much of what."""

    practices: int
    comments: int
    people: int
    seed: int
    adoptions: int = 0
    requests: int = 0

    @property
    def entries(self) -> int:
        """All of them together."""
        return self.practices + self.comments + self.adoptions + self.requests


class Zipf:
    """Choices as people make them: the second half as often as the first, the third a third as often."""

    def __init__(self, chance: Random, items: Sequence[T], flat: int = 1) -> None:
        self.chance, self.items = chance, list(items)
        chance.shuffle(self.items)
        self.weights = list(accumulate(1 / (rank + flat) for rank in range(len(self.items))))

    def pick(self, k: int = 1) -> list:
        """So many, with repetitions."""
        return self.chance.choices(self.items, cum_weights=self.weights, k=k)


@dataclass(slots=True)
class Plan:
    """Where rows go: first numbers, reference data to choose from, and for each comment the practice it is on."""

    volume: Volume
    chance: Random
    first_entry: int
    first_person: int
    places: Zipf
    nominations: Zipf
    tags: Zipf
    talk: list[int]
    comments_of: Counter[int]
    prices: Prices
    towns: dict[int, dict[str, Any]]  # population, type and category of each
    first_file: int = 0
    obstacles: Sequence[str] = ()  # codes, in their order

    def state(self, number: int) -> State:
        """The state of a practice."""
        return UNSEEN.get(number % 100, State.PUBLISHED)

    def published(self, number: int) -> datetime:
        """When a practice appeared: evenly over the time, in the order of numbers."""
        return END - SPAN + SPAN * ((number + 1) / (self.volume.practices + 1))

    def said(self, number: int, nth: int) -> datetime:
        """When the nth comment (from 0) on a practice was written: evenly from its appearance to the end."""
        since = self.published(number)
        return since + (END - since) * ((nth + 1) / (self.comments_of[number] + 1))

    def author(self, number: int) -> int:
        """The author of the practice of that number; of others, ask with another number."""
        return self.first_person + (number * 7919 + self.volume.seed) % self.volume.people


def is_hidden(nth: int) -> bool:
    """Whether the nth comment of the volume was hidden by a moderator."""
    return nth % 97 == 13


def plan(session: Session, volume: Volume) -> Plan:
    """Decide everything that rows of several tables have to agree about."""
    chance = Random(volume.seed)
    today = select(Municipality.id, Municipality.region_code, Municipality.profile).where(Municipality.successor_id.is_(None))
    places = session.execute(today.order_by(Municipality.id))
    seen = [number for number in range(volume.practices) if UNSEEN.get(number % 100) is None]
    talk = Zipf(chance, seen, flat=200).pick(volume.comments) if seen else []
    return Plan(
        volume=volume,
        chance=chance,
        first_entry=(session.scalar(select(func.max(Entry.id))) or 0) + 1,
        first_person=0,
        places=Zipf(chance, [tuple(row) for row in places], flat=10),
        nominations=Zipf(chance, session.scalars(select(Nomination.id).order_by(Nomination.id)).all()),
        tags=Zipf(chance, _tags(session), flat=3),
        talk=talk,
        comments_of=Counter(number for nth, number in enumerate(talk) if not is_hidden(nth)),
        prices=prices(session),
        towns=_towns(session),
        obstacles=session.scalars(obstacles().with_only_columns(Obstacle.code)).all(),
    )


def _towns(session: Session) -> dict[int, dict[str, Any]]:
    known = select(Municipality.id, Municipality.population, Municipality.type, Municipality.category)
    return {town.id: {"population": town.population, "type": town.type, "category": town.category} for town in session.execute(known)}


def _tags(session: Session) -> list[int]:
    """Ids of all tags the volume uses; missing ones are made."""
    names = [f"{one} {where}".strip() for where in words.TAGS_FOR for one in words.TAGS_OF]
    names = [name.lower() for name in names if len(name) <= 40]
    known = {tag.slug: tag.id for tag in session.execute(select(Tag.slug, Tag.id))}
    for name in names:
        if slugify(name) not in known:
            session.add(tag := Tag(slug=slugify(name), name=name))
            session.flush()
            known[tag.slug] = tag.id
    return [known[slugify(name)] for name in names]
