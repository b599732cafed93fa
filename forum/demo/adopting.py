"""Adoptions of a volume: which towns took which of its practices home, in rows for bulk inserts; counters agree with them."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, case, func, literal, or_, select, update
from sqlalchemy.orm import Session

from forum.adoptions.models import Stage, What
from forum.core.model import Base
from forum.demo.prose import Block, Prose
from forum.demo.rows import Row, Rows, Writer, entry_row, event_row
from forum.demo.volume import END, Plan, Zipf
from forum.entries.models import State
from forum.practices.models import Indicator
from forum.taxonomy.models import Obstacle

# Of ten adoptions.
STAGES = (*[Stage.RESULT] * 4, *[Stage.REFUSED] * 2, Stage.LAUNCH, Stage.ADAPTATION, Stage.ADAPTATION, Stage.INTEREST)


class Adopting:
    """Makes the rows of adoptions, after those of the practices they are of."""

    def __init__(self, session: Session, plan: Plan, writer: Writer, prose: Prose) -> None:
        self.plan, self.prose, self.chance = plan, prose, plan.chance
        self.first = plan.first_entry + plan.volume.practices + plan.volume.comments
        self.obstacles = session.scalars(select(Obstacle.id).order_by(Obstacle.id)).all()
        self.pairs = list(_pairs(plan, writer))

    def adoption(self, nth: int, rows: Rows) -> None:
        """Add the rows of one: entry, record, keeper, notes, event."""
        number, (place, region) = self.pairs[nth]
        plan, chance, id = self.plan, self.chance, self.first + nth
        author = plan.author(nth * 13 + 5)
        since = plan.published(number)
        at = since + (END - since) * chance.random()
        stage = chance.choice(STAGES)
        confirmed = stage == Stage.RESULT and chance.random() < 0.8
        rows["entries"].append(entry_row(id, "adoption", State.PUBLISHED, author, None, region, at))
        rows["adoptions"].append(self._record(id, plan.first_entry + number, place, region, stage, at, confirmed))
        rows["adoption_people"].append({"adoption_id": id, "person_id": author, "at": at})
        rows["adoption_notes"] += self._notes(id, stage, author, at)
        rows["events"].append(event_row("adoption.published", id, author, at))

    def _record(self, id: int, practice_id: int, place: int, region: str, stage: Stage, at: datetime, confirmed: bool) -> Row:
        chance, words = self.chance, self.prose.comment()
        done = stage in (Stage.RESULT, Stage.REFUSED)
        told = {"outcome": words} if stage == Stage.RESULT else {"refusal": words} if stage == Stage.REFUSED else {"changed": words}
        costs = {"cost_local": chance.randint(1, 900) * 10_000, "cost_extra": chance.randint(0, 200) * 10_000} if done else {}
        before = chance.randint(20, 50)
        return {
            **{"id": id, "practice_id": practice_id, "municipality_id": place, "region": region, "stage": stage, "title": "", "town": ""},
            **{"live": stage != Stage.REFUSED, "doubled": False, "shown": True, "listed_at": at, "opened_on": at.date()},
            **{"closed_on": (at + timedelta(days=90)).date() if done else None, **dict.fromkeys(COSTS), **costs},
            "indicators": [Indicator("Доля довольных жителей", "%", before, before + chance.randint(-5, 40))] if done else [],
            **{name: told[name].text if name in told else "" for name in TEXTS},
            "html": {name: block.html for name, block in told.items()},
            "obstacle_id": chance.choice(self.obstacles) if stage == Stage.REFUSED and self.obstacles else None,
            "confirmed_at": at + timedelta(days=95) if confirmed else None,
        }

    def _notes(self, id: int, stage: Stage, author: int, at: datetime) -> Iterator[Row]:
        yield _note(id, Stage.INTEREST, author, at, None)
        if stage != Stage.INTEREST:
            yield _note(id, stage, author, at + timedelta(days=90), self.prose.comment())


COSTS = ("cost_local", "cost_regional", "cost_federal", "cost_extra", "upkeep", "remind_after")
TEXTS = ("outcome", "changed", "obstacles_met", "advice", "refusal", "would_help")


def _note(id: int, stage: Stage, author: int, at: datetime, words: Block | None) -> Row:
    said = {"body": words.text, "html": words.html} if words else {"body": "", "html": ""}
    own = {"adoption_id": id, "what": What.STAGE, "stage": stage, "author_id": author, "photos": []}
    return {**own, "happened_on": at.date(), "at": at, **said}


def _pairs(plan: Plan, writer: Writer) -> Iterator[tuple[int, tuple[int, str]]]:
    """Practice and town of each: a town takes a practice home once, and never its own."""
    seen = [number for number in range(plan.volume.practices) if plan.state(number) == State.PUBLISHED]
    wanted = plan.volume.adoptions if seen and len(plan.places.items) > 1 else 0
    practices, taken, tries = Zipf(plan.chance, seen, flat=400) if seen else None, set[tuple[int, int]](), 0
    while practices and len(taken) < wanted and tries < wanted * 20:
        number, town, tries = practices.pick()[0], plan.places.pick()[0], tries + 1
        if town[0] != writer.place_of[number] and (number, town[0]) not in taken:
            taken.add((number, town[0]))
            yield number, town[:2]


def finish(session: Session) -> None:
    """What adoptions repeat of practices and towns, and the numbers that lie on practices: one statement each."""
    a, p, m = (Base.metadata.tables[name] for name in ("adoptions", "practices", "municipalities"))
    titles = select(p.c.title).where(p.c.id == a.c.practice_id).scalar_subquery()
    nominations = select(p.c.nomination_id).where(p.c.id == a.c.practice_id).scalar_subquery()
    towns = select(m.c.name).where(m.c.id == a.c.municipality_id).scalar_subquery()
    session.execute(update(a).where(a.c.town == "").values(title=titles, town=towns, nomination_id=nominations))
    confirmed = case((a.c.confirmed_at.is_not(None), 1), else_=0)
    going = case((and_(a.c.confirmed_at.is_(None), a.c.stage != Stage.REFUSED), 1), else_=0)

    def count(what: Any) -> Any:
        return select(func.coalesce(func.sum(what), 0)).where(a.c.practice_id == p.c.id, a.c.listed_at.is_not(None)).scalar_subquery()

    some = or_(p.c.listed_at.is_not(None), literal(False))
    session.execute(update(p).where(some).values(list_adoptions=count(confirmed), open_adoptions=count(going)))
    session.commit()
