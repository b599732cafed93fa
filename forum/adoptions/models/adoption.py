"""What a town made of another town's practice."""

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text, delete, text
from sqlalchemy.orm import Mapped, joinedload, mapped_column, object_session, relationship, selectinload

from forum.accounts.models import Person
from forum.accounts.queries import called
from forum.adoptions.counting import recount
from forum.adoptions.models.mended import Mended
from forum.adoptions.models.notes import AdoptionNote, AdoptionPerson
from forum.adoptions.models.stages import Stage
from forum.core.text import RENDERER_VERSION, plain, render
from forum.entries.models import Entry
from forum.entries.public_text import PublicText
from forum.places.models import Municipality
from forum.practices.models import Indicator, Practice
from forum.practices.models.costed import Costed
from forum.practices.models.rows import Rows, as_dict
from forum.taxonomy.models import Obstacle

LIVE = text("live")
DUE = text("remind_on IS NOT NULL")
REFUSED = text("stage = 'refused' AND listed_at IS NOT NULL")
WITHOUT_TITLE = "внедрение практики"


class Adoption(Costed, Mended):
    """That a municipality carries out a practice of another: how far it is, what it cost here (whole roubles), what came of it.

    `live` while it is the town's one record of that practice: until it is refused or taken away. `shown` while guests may read the
    practice; `listed_at` is the moment of publishing while guests may read both. `title`, `nomination_id` and `town`
    repeat what the practice and the municipality are; the title is empty while guests can't read the practice.
    """

    __tablename__ = "adoptions"
    __table_args__: Any = (
        Index("uq_adoptions_live", "practice_id", "municipality_id", unique=True, sqlite_where=LIVE, postgresql_where=LIVE),
        Index("ix_adoptions_practice_listed", "practice_id", "listed_at", "id"),
        Index("ix_adoptions_place_listed", "municipality_id", "listed_at", "id"),
        Index("ix_adoptions_region_listed", "region", "listed_at", "id"),
        Index("ix_adoptions_listed", "listed_at", "id"),
        Index("ix_adoptions_obstacle_listed", "obstacle_id", "listed_at", "id"),
        Index(
            "ix_adoptions_refused",
            *("listed_at", "id", "obstacle_id", "region", "nomination_id"),
            sqlite_where=REFUSED,
            postgresql_where=REFUSED,
        ),
        Index("ix_adoptions_remind_on", "remind_on", sqlite_where=DUE, postgresql_where=DUE),
    )

    MARKDOWN: ClassVar[tuple[str, ...]] = ("outcome", "changed", "obstacles_met", "advice", "refusal", "would_help")

    id: Mapped[int] = mapped_column(ForeignKey("entries.id"), primary_key=True)
    practice_id: Mapped[int] = mapped_column(ForeignKey("practices.id"))
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"))
    region: Mapped[str] = mapped_column(ForeignKey("regions.code"))
    nomination_id: Mapped[int | None]
    title: Mapped[str] = mapped_column(String(250), default="")
    town: Mapped[str] = mapped_column(String(160), default="")
    stage: Mapped[str] = mapped_column(String(20), default=Stage.INTEREST)
    live: Mapped[bool] = mapped_column(default=True)
    doubled: Mapped[bool] = mapped_column(default=False)  # practices were merged, and the town had another record there
    shown: Mapped[bool] = mapped_column(default=True)
    listed_at: Mapped[datetime | None]
    opened_on: Mapped[date]
    closed_on: Mapped[date | None]
    cost_local: Mapped[int | None] = mapped_column(BigInteger)
    cost_regional: Mapped[int | None] = mapped_column(BigInteger)
    cost_federal: Mapped[int | None] = mapped_column(BigInteger)
    cost_extra: Mapped[int | None] = mapped_column(BigInteger)
    upkeep: Mapped[int | None] = mapped_column(BigInteger)
    indicators: Mapped[list[Indicator]] = mapped_column(Rows(Indicator), default=list)
    outcome: Mapped[str] = mapped_column(Text, default="")
    changed: Mapped[str] = mapped_column(Text, default="")
    obstacles_met: Mapped[str] = mapped_column(Text, default="")
    advice: Mapped[str] = mapped_column(Text, default="")
    refusal: Mapped[str] = mapped_column(Text, default="")
    would_help: Mapped[str] = mapped_column(Text, default="", server_default="")
    obstacle_id: Mapped[int | None] = mapped_column(ForeignKey("obstacles.id"))
    html: Mapped[dict[str, Any]] = mapped_column(default=dict)
    html_version: Mapped[int] = mapped_column(default=RENDERER_VERSION)
    remind_after: Mapped[int | None]  # days of silence; None: never
    remind_on: Mapped[date | None]
    questioned_at: Mapped[datetime | None]
    confirmed_at: Mapped[datetime | None]
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    practice: Mapped[Practice] = relationship(lazy="raise_on_sql", foreign_keys=[practice_id])
    municipality: Mapped[Municipality] = relationship(lazy="raise_on_sql")
    obstacle: Mapped[Obstacle | None] = relationship(lazy="raise_on_sql")
    confirmed_by: Mapped[Person | None] = relationship(lazy="raise_on_sql", foreign_keys=[confirmed_by_id])
    notes: Mapped[list[AdoptionNote]] = relationship(
        lazy="raise_on_sql",
        primaryjoin=id == AdoptionNote.adoption_id,
        foreign_keys=[AdoptionNote.adoption_id],
        order_by=AdoptionNote.id,
        viewonly=True,
    )
    keepers: Mapped[list[AdoptionPerson]] = relationship(
        lazy="raise_on_sql",
        primaryjoin=id == AdoptionPerson.adoption_id,
        foreign_keys=[AdoptionPerson.adoption_id],
        order_by=AdoptionPerson.at,
        viewonly=True,
    )

    __mapper_args__ = {"polymorphic_identity": "adoption", "polymorphic_load": "selectin", "inherit_condition": id == Entry.id}

    borrows_words = True  # the practice's title

    # What is computed.

    @property
    def headline(self) -> str:
        return f"{self.town} – {self.title or WITHOUT_TITLE}"

    @property
    def subject(self) -> str:
        return self.title or WITHOUT_TITLE

    @property
    def gathers_under(self) -> int:
        return self.practice_id

    @property
    def markup(self) -> str:
        return "\n".join(dict.fromkeys([*(self.html or {}).values(), *(note.html for note in self.fresh)]))

    def snapshot(self) -> dict[str, Any]:
        return {
            **({"body": "\n".join(note.body for note in self.fresh)} if self.fresh else {}),
            **{name: getattr(self, name) for name in self.MARKDOWN},
            "stage": self.stage,
            "costs": self.costs,
            "upkeep": self.upkeep,
            "obstacle_id": self.obstacle_id,
            "indicators": [as_dict(row) for row in self.indicators or ()],
        }

    def beside(self) -> dict[str, Any]:
        return {"notes": {str(note.id): note.body for note in self.worded_notes()}}

    # What follows.

    def write(self, name: str, words: str) -> None:
        """Set a Markdown section and its safe HTML."""
        if name not in self.MARKDOWN:
            raise KeyError(name)
        setattr(self, name, words)
        self.html = {**(self.html or {}), name: render(words, called(object_session(self))) if words.strip() else ""}
        self.html_version = RENDERER_VERSION

    def forget(self) -> None:
        """Take away every word and figure: it was withdrawn, and the term to think better of it is over."""
        for name in self.MARKDOWN:
            self.write(name, "")
        for source in self.COSTS:
            setattr(self, f"cost_{source}", None)
        self.html = {}
        self.upkeep = self.obstacle_id = self.remind_on = self.note = None
        self.indicators = []
        self.session.execute(delete(AdoptionNote).where(AdoptionNote.adoption_id == self.id))

    def name_after(self, practice: Practice, town: Municipality) -> None:
        """Take over what the practice is called, and whether guests may read it; the title of a hidden one is told by nobody."""
        self.shown = practice.is_published
        self.title, self.town = practice.title if self.shown else "", town.name
        self.nomination_id = practice.nomination_id

    def settle(self) -> None:
        self.listed_at = self.published_at if self.is_published and self.shown else None
        self.live = self.stays_live

    def visibility_changed(self) -> None:
        recount(self.session, [self.practice_id])

    @classmethod
    def public_loads(cls) -> list[Any]:
        return [joinedload(cls.municipality).joinedload(Municipality.region), joinedload(cls.obstacle), selectinload(cls.notes)]

    def public_text(self) -> PublicText | None:
        if not self.is_published or self.published_at is None:
            return None
        town = self.municipality
        said = [self.html.get(name, "") for name in self.MARKDOWN] + [note.html for note in self.notes]
        return PublicText(
            self.headline,
            "\n".join([*map(plain, filter(None, said)), *(row.name for row in self.indicators), f"{town.name}, {town.region.name}"]),
            self.signature,
            self.published_at,
            self.score,
            facets=_facets(self.kind, town) | {"obstacle": [self.obstacle.code] if self.obstacle and self.stage == Stage.REFUSED else []},
            municipality=town,
        )


def _facets(kind: str, town: Municipality) -> dict[str, list[str]]:
    return {"kind": [kind], "region": [town.region_code], "district": [town.region.district], "place": [str(town.id)]}
