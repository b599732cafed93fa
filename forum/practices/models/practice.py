"""The practice card."""

from collections.abc import Callable, Collection, Iterator
from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import BigInteger, Column, ForeignKey, Index, String, Table, Text, text, update
from sqlalchemy.orm import Mapped, Session, defer, joinedload, mapped_column, object_session, relationship, selectinload

from forum.accounts.models import Person
from forum.accounts.queries import called
from forum.attachments.queries import documents_of, texts_of
from forum.core.errors import Refused
from forum.core.model import Base
from forum.core.slug import slugify
from forum.core.text import RENDERER_VERSION, render
from forum.entries.models import Entry
from forum.entries.public_text import Enclosed
from forum.places.models import Municipality, Region
from forum.practices.models.bare import Bare, read
from forum.practices.models.owned import Owned
from forum.practices.models.priced import PEERS, Priced
from forum.practices.models.rows import Codes, Indicator, Resource, Rows, Step, as_dict
from forum.practices.models.status import Status
from forum.practices.models.worded import SECTIONS, Worded
from forum.taxonomy.models import Nomination, Tag

practice_tags = Table(
    "practice_tags",
    Base.metadata,
    Column("practice_id", ForeignKey("practices.id"), primary_key=True),
    Column("tag_id", ForeignKey("tags.id"), primary_key=True, index=True),
)


HAS_DONOR = text("donor_id IS NOT NULL")
IS_OFFERED = text("offered_to_id IS NOT NULL")
MET_OBSTACLES = text("obstacles <> '' AND listed_at IS NOT NULL")
# What features above keep of a practice must follow at once when guests can read it no more, or again: they register how.
FOLLOWING: list[Callable[["Practice"], None]] = []
FILTERED = ("region", "nomination_id", "status", "year", "municipality_id")


class Practice(Worded, Priced, Owned):
    """What a municipality did about a problem, what it cost (whole roubles), what came of it.

    `listed_at` is the moment of publishing while guests may read it, else None; what nobody has confirmed for long stands
    a year lower (`owned.SINKS`). It, `list_score` and `list_comments` follow columns of `entries`, `profile` repeats one of
    `municipalities`, so that lists sort and filter by indexes of one table.
    `list_adoptions` counts towns that have adopted it, confirmed, and `open_adoptions` those that are at it: kept by the features above.
    `obstacles` are codes of the list of obstacles, in its order: what stood in the way of one that did not work.
    """

    __tablename__ = "practices"
    __table_args__: Any = (
        *(
            # With all that filters ask for at the end: rows that another filter leaves out are passed over within the index.
            Index(f"ix_practices_{by}_listed", *filter(None, [column, "listed_at", "id"]), *(c for c in FILTERED if c != column))
            for by, column in [
                ("all", None),
                ("region", "region"),
                ("nomination", "nomination_id"),
                ("status", "status"),
                ("year", "year"),
                ("place", "municipality_id"),
                ("profile", "profile"),
            ]
        ),
        Index("ix_practices_votes", "list_score", "id"),
        Index("ix_practices_discussed", "list_comments", "id"),
        Index("ix_practices_adopted", "list_adoptions", "id"),
        # Few have a donor: an index of the others' nothing would tell planners that it is of no use.
        Index("ix_practices_donor_id", "donor_id", sqlite_where=HAS_DONOR, postgresql_where=HAS_DONOR),
        Index(
            "ix_practices_obstacles",
            *("listed_at", "id", "status", "region", "nomination_id", "obstacles", "profile"),
            sqlite_where=MET_OBSTACLES,
            postgresql_where=MET_OBSTACLES,
        ),
        *PEERS,
        Index("ix_practices_keeper_id", "keeper_id"),
        Index("ix_practices_offered_to_id", "offered_to_id", sqlite_where=IS_OFFERED, postgresql_where=IS_OFFERED),
        Index("ix_practices_check_at", "check_at", "id"),
        Index("ix_practices_stale", "stale", "listed_at", "id"),
    )

    MARKDOWN: ClassVar[tuple[str, ...]] = SECTIONS
    ROWS: ClassVar[tuple[str, ...]] = ("steps", "resources", "indicators")
    REQUIRED: ClassVar[tuple[str, ...]] = ("title", "summary", "municipality_id", "nomination_id", "problem", "solution", "results")
    # Pages beside /practices/<id>/<slug>.
    RESERVED: ClassVar[frozenset[str]] = frozenset(("edit", "history", "keeper", "handover", "passport", "publication"))
    PLAIN: ClassVar[tuple[str, ...]] = (
        "title",
        "summary",
        "status",
        "started",
        "finished",
        "upkeep",
        "beneficiaries",
        "participants",
        "contact",
    )

    id: Mapped[int] = mapped_column(ForeignKey("entries.id"), primary_key=True)
    external_id: Mapped[str | None] = mapped_column(String(100), unique=True)
    title: Mapped[str] = mapped_column(String(250), default="")
    slug: Mapped[str] = mapped_column(String(80), default="")
    summary: Mapped[str] = mapped_column(Text, default="")
    municipality_id: Mapped[int | None] = mapped_column(ForeignKey("municipalities.id"))
    region: Mapped[str | None] = mapped_column(ForeignKey("regions.code"))
    nomination_id: Mapped[int | None] = mapped_column(ForeignKey("nominations.id"))
    status: Mapped[str] = mapped_column(String(20), default=Status.IMPLEMENTED)
    problem: Mapped[str] = mapped_column(Text, default="")
    goals: Mapped[str] = mapped_column(Text, default="")
    solution: Mapped[str] = mapped_column(Text, default="")
    results: Mapped[str] = mapped_column(Text, default="")
    participation: Mapped[str] = mapped_column(Text, default="")
    lessons: Mapped[str] = mapped_column(Text, default="")
    replication: Mapped[str] = mapped_column(Text, default="")
    would_help: Mapped[str] = mapped_column(Text, default="", server_default="")
    obstacles: Mapped[list[str]] = mapped_column(Codes(), default=list, server_default="")
    html: Mapped[dict[str, Any]] = mapped_column(default=dict)
    html_version: Mapped[int] = mapped_column(default=RENDERER_VERSION)
    cost_local: Mapped[int | None] = mapped_column(BigInteger)
    cost_regional: Mapped[int | None] = mapped_column(BigInteger)
    cost_federal: Mapped[int | None] = mapped_column(BigInteger)
    cost_extra: Mapped[int | None] = mapped_column(BigInteger)
    upkeep: Mapped[int | None] = mapped_column(BigInteger)
    started: Mapped[str | None] = mapped_column(String(7))
    finished: Mapped[str | None] = mapped_column(String(7))
    year: Mapped[int | None]
    beneficiaries: Mapped[int | None]
    participants: Mapped[int | None]
    donor_id: Mapped[int | None] = mapped_column(ForeignKey("practices.id"))
    contact: Mapped[str] = mapped_column(Text, default="")
    valid_on: Mapped[date | None]
    steps: Mapped[list[Step]] = mapped_column(Rows(Step), default=list)
    resources: Mapped[list[Resource]] = mapped_column(Rows(Resource), default=list)
    indicators: Mapped[list[Indicator]] = mapped_column(Rows(Indicator), default=list)
    listed_at: Mapped[datetime | None]
    list_score: Mapped[int | None]
    list_comments: Mapped[int | None]
    list_adoptions: Mapped[int | None]
    open_adoptions: Mapped[int] = mapped_column(default=0, server_default="0")
    profile: Mapped[str | None] = mapped_column(String(4))
    package_downloads: Mapped[int] = mapped_column(default=0, server_default="0")

    municipality: Mapped[Municipality | None] = relationship(lazy="raise_on_sql")
    region_row: Mapped[Region | None] = relationship(lazy="raise_on_sql", foreign_keys=[region])
    nomination: Mapped[Nomination | None] = relationship(lazy="raise_on_sql")
    keeper: Mapped[Person | None] = relationship(lazy="raise_on_sql", foreign_keys="Practice.keeper_id")
    offered_to: Mapped[Person | None] = relationship(lazy="raise_on_sql", foreign_keys="Practice.offered_to_id")
    donor: Mapped["Practice | None"] = relationship(lazy="raise_on_sql", remote_side=[id], foreign_keys=[donor_id])
    tags: Mapped[list[Tag]] = relationship(lazy="raise_on_sql", secondary=practice_tags, order_by=Tag.name)

    __mapper_args__ = {"polymorphic_identity": "practice", "polymorphic_load": "selectin", "inherit_condition": id == Entry.id}

    # What is computed.

    @property
    def headline(self) -> str:
        return self.title

    # What can be done.

    def write(self, name: str, text: str) -> None:
        """Set a Markdown section and its safe HTML."""
        if name not in self.MARKDOWN:
            raise KeyError(name)
        setattr(self, name, text)
        known = called(object_session(self))
        self.html = {**(self.html or {}), name: render(text, known) if text.strip() else ""}
        self.html_version = RENDERER_VERSION

    def move_to(self, municipality: Municipality | None) -> None:
        """Put it in a municipality; the region follows, and with it the moderators' scope."""
        place, before = self.municipality_id, self.region_code
        self.municipality = municipality
        self.municipality_id = municipality.id if municipality else None
        self.profile = municipality.profile if municipality else None
        if place is not None and place != self.municipality_id:
            self.moved()
        self.region = self.region_code = municipality.region_code if municipality else None
        if self.id and self.region_code != before:
            # What is said about it goes along: to the moderators of the new place.
            self.session.execute(update(Entry).where(Entry.root_id == self.id).values(region_code=self.region_code))

    def check_complete(self) -> None:
        for name in self.REQUIRED:
            if not getattr(self, name):
                field = name.removesuffix("_id")
                raise Refused(f"practice.{field}_missing", field=field)

    def settle(self) -> None:
        if not self.id and self.keeper_id is None:
            self.keeper_id = self.author_id  # whoever begins it leads it
        slug = slugify(self.title or "")
        self.slug = f"{slug}-practice" if slug in self.RESERVED else slug
        self.year = self.year_of_money
        if self._money_changed():
            self.reckon()
        self.settle_check()
        # Null while not listed, so that the indexes hold only what lists show.
        self.list_score = (self.score or 0) if self.is_published else None
        self.list_comments = (self.comments_count or 0) if self.is_published else None
        self.list_adoptions = (self.list_adoptions or 0) if self.is_published else None

    def check_anonymous(self) -> None:
        if self.status != Status.FAILED:
            raise Refused("practice.only_failed_unsigned", field="anonymous")

    def visibility_changed(self) -> None:
        for follows in FOLLOWING:
            follows(self)

    def discussed(self, number: int, last: datetime | None, **listed: int | None) -> None:
        super().discussed(number, last, list_comments=number if self.is_published else None, **listed)

    @property
    def markup(self) -> str:
        return "\n".join((self.html or {}).values())

    def snapshot(self) -> dict[str, Any]:
        return {
            **{name: getattr(self, name) for name in (*self.PLAIN, *self.MARKDOWN)},
            "municipality_id": self.municipality_id,
            "nomination_id": self.nomination_id,
            "donor_id": self.donor_id,
            "valid_on": self.valid_on.isoformat() if self.valid_on else None,
            "obstacles": list(self.obstacles or ()),
            "costs": self.costs,
            "tags": [tag.name for tag in self.tags],
            **{name: [as_dict(row) for row in getattr(self, name) or ()] for name in self.ROWS},
        }

    def beside(self) -> dict[str, Any]:
        return {"documents": [file.described() for file in self.session.scalars(documents_of(self.id))]}

    @classmethod
    def enclosed(cls, session: Session, ids: Collection[int]) -> Iterator[Enclosed]:
        # A few at a time: texts are long, and who reads them may have enough before the end.
        for row in session.execute(texts_of(ids), execution_options={"yield_per": 4}):
            yield Enclosed(*row)

    @classmethod
    def bare(cls, session: Session, ids: Collection[int]) -> list[Bare]:
        return read(session, cls.__table__, practice_tags, ids)

    @classmethod
    def public_loads(cls) -> list[Any]:
        # What was written in Markdown is read as it was rendered.
        sources = [defer(getattr(cls, name)) for name in cls.MARKDOWN]
        return [joinedload(cls.municipality).joinedload(Municipality.region), selectinload(cls.tags), *sources]
