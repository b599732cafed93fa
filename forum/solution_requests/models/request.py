"""What a town looks for."""

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import BigInteger, Column, ForeignKey, Index, String, Table, Text
from sqlalchemy.orm import Mapped, joinedload, mapped_column, object_session, relationship, selectinload

from forum.accounts.queries import called
from forum.core.errors import Refused
from forum.core.model import Base
from forum.core.slug import slugify
from forum.core.text import RENDERER_VERSION, plain, render
from forum.entries.models import Entry
from forum.entries.public_text import PublicText
from forum.places.models import Municipality
from forum.solution_requests.models.closing import Closing
from forum.solution_requests.models.outcome import Outcome
from forum.taxonomy.models import Nomination, Tag

request_tags = Table(
    "request_tags",
    Base.metadata,
    Column("request_id", ForeignKey("solution_requests.id"), primary_key=True),
    Column("tag_id", ForeignKey("tags.id"), primary_key=True, index=True),
)


class SolutionRequest(Closing):
    """A problem that a town asks others about; `most_cost` (whole roubles), `needed_by` and `limits` narrow what would do.

    `until` is the day up to which answers are awaited. `listed_at` is the moment of publishing while guests may read it, and
    `list_wanted` how many need it too, so that lists sort and filter by indexes of one table; `offers_count` counts the offers that
    guests can read, and `unanswered` says that there are none and it was not closed otherwise. `matched` once people were looked for
    who have a matching practice.
    """

    __tablename__ = "solution_requests"
    __table_args__: Any = (
        Index("ix_solution_requests_listed", "listed_at", "id"),
        Index("ix_solution_requests_wanted", "list_wanted", "id"),
        *(
            Index(f"ix_solution_requests_{name}_listed", column, "listed_at", "id")
            for name, column in [
                ("outcome", "outcome"), ("unanswered", "unanswered"), ("region", "region"), ("nomination", "nomination_id"),
                ("place", "municipality_id"),
            ]
        ),
        Index("ix_solution_requests_until", "outcome", "until"),
        Index("ix_solution_requests_matched", "matched", "listed_at"),
    )  # fmt: skip

    MARKDOWN: ClassVar[tuple[str, ...]] = ("problem", "limits", "closing")
    RESERVED: ClassVar[frozenset[str]] = frozenset(("edit", "closing", "offers", "term", "adoption"))

    id: Mapped[int] = mapped_column(ForeignKey("entries.id"), primary_key=True)
    title: Mapped[str] = mapped_column(String(250), default="")
    slug: Mapped[str] = mapped_column(String(90), default="")
    problem: Mapped[str] = mapped_column(Text, default="")
    limits: Mapped[str] = mapped_column(Text, default="")
    closing: Mapped[str] = mapped_column(Text, default="")
    html: Mapped[dict[str, Any]] = mapped_column(default=dict)
    html_version: Mapped[int] = mapped_column(default=RENDERER_VERSION)
    most_cost: Mapped[int | None] = mapped_column(BigInteger)
    needed_by: Mapped[date | None]
    until: Mapped[date]
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"))
    region: Mapped[str] = mapped_column(ForeignKey("regions.code"))
    nomination_id: Mapped[int | None] = mapped_column(ForeignKey("nominations.id"))
    outcome: Mapped[str] = mapped_column(String(20), default=Outcome.OPEN)
    closed_on: Mapped[date | None]
    asked_on: Mapped[date | None]
    practice_id: Mapped[int | None] = mapped_column(ForeignKey("practices.id"))
    adoption_id: Mapped[int | None] = mapped_column(ForeignKey("adoptions.id"))
    listed_at: Mapped[datetime | None]
    list_wanted: Mapped[int | None]
    offers_count: Mapped[int] = mapped_column(default=0)
    unanswered: Mapped[bool] = mapped_column(default=True)
    matched: Mapped[bool] = mapped_column(default=False)

    municipality: Mapped[Municipality] = relationship(lazy="raise_on_sql")
    nomination: Mapped[Nomination | None] = relationship(lazy="raise_on_sql")
    tags: Mapped[list[Tag]] = relationship(lazy="raise_on_sql", secondary=request_tags, order_by=Tag.name)

    __mapper_args__ = {"polymorphic_identity": "request", "polymorphic_load": "selectin", "inherit_condition": id == Entry.id}

    @property
    def headline(self) -> str:
        return self.title

    @property
    def markup(self) -> str:
        return "\n".join((self.html or {}).values())

    def write(self, name: str, words: str) -> None:
        """Set a Markdown section and its safe HTML."""
        if name not in self.MARKDOWN:
            raise KeyError(name)
        setattr(self, name, words)
        self.html = {**(self.html or {}), name: render(words, called(object_session(self))) if words.strip() else ""}
        self.html_version = RENDERER_VERSION

    def move_to(self, town: Municipality) -> None:
        """Ask for a town; the region follows, and with it the moderators' scope."""
        self.municipality, self.municipality_id = town, town.id
        self.region = self.region_code = town.region_code

    def check_complete(self) -> None:
        for name in ("title", "problem"):
            if not getattr(self, name).strip():
                raise Refused(f"request.{name}_missing", field=name)

    def settle(self) -> None:
        slug = slugify(self.title or "")
        self.slug = f"{slug}-request" if slug in self.RESERVED else slug
        self.listed_at = self.published_at if self.is_published else None
        self.list_wanted = (self.ups or 0) if self.is_published else None
        self.unanswered = not self.offers_count and self.outcome in (Outcome.OPEN, Outcome.UNANSWERED)

    def snapshot(self) -> dict[str, Any]:
        return {
            "title": self.title,
            **{name: getattr(self, name) for name in self.MARKDOWN},
            "most_cost": self.most_cost,
            "needed_by": self.needed_by.isoformat() if self.needed_by else None,
            "municipality_id": self.municipality_id,
            "nomination_id": self.nomination_id,
            "tags": [tag.name for tag in self.tags],
        }

    def forget(self) -> None:
        """Take away every word: it was withdrawn, and the term to think better of it is over."""
        self.title, self.tags = "", []
        for name in self.MARKDOWN:
            self.write(name, "")
        self.most_cost = self.needed_by = self.nomination_id = self.note = None

    @classmethod
    def public_loads(cls) -> list[Any]:
        return [joinedload(cls.municipality).joinedload(Municipality.region), selectinload(cls.tags)]

    def public_text(self) -> PublicText | None:
        if not self.is_published or self.published_at is None:
            return None
        town = self.municipality
        said = [plain(html) for html in map((self.html or {}).get, self.MARKDOWN) if html]
        nomination = {"nomination": [str(self.nomination_id)]} if self.nomination_id else {}
        facets = {"kind": [self.kind], "region": [town.region_code], "district": [town.region.district], "place": [str(town.id)]}
        return PublicText(
            self.title,
            "\n".join([*said, f"{town.name}, {town.region.name}", " ".join(tag.name for tag in self.tags)]),
            self.author.name,
            self.published_at,
            self.ups,
            facets={**facets, **nomination, "tag": [tag.slug for tag in self.tags]},
            municipality=town,
        )
