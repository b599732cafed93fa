"""Nominations, tags and obstacles."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ForeignKey, Select, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from forum.core.clock import now
from forum.core.errors import Refused
from forum.core.model import Base
from forum.core.slug import slugify
from forum.taxonomy.prices import Prices


class Nomination(Base):
    """A nomination of the contest «Лучшая муниципальная практика»; they change with the rules, hence data."""

    __tablename__ = "nominations"

    id: Mapped[int] = mapped_column(primary_key=True)
    season: Mapped[int] = mapped_column(default=2025)
    title: Mapped[str] = mapped_column(String(200))
    title_en: Mapped[str] = mapped_column(String(200))
    short: Mapped[str] = mapped_column(String(60))
    short_en: Mapped[str] = mapped_column(String(60))


class PriceYear(Base):
    """How prices grew in a year: per cent of the December before (Росстат, индекс потребительских цен, Россия)."""

    __tablename__ = "price_years"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    percent: Mapped[float]


class Tag(Base):
    """A theme given freely by authors."""

    __tablename__ = "tags"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(60), unique=True)
    uses: Mapped[int] = mapped_column(default=0, index=True)


def nominations() -> Select[Nomination]:
    """All nominations in their order."""
    return select(Nomination).order_by(Nomination.id)


def prices(session: Session) -> Prices:
    """The index of prices as it is known."""
    return Prices({row.year: row.percent for row in session.execute(select(PriceYear.year, PriceYear.percent))})


def clean_tag(name: str) -> str:
    """The one spelling of a tag: lower case, single spaces, 40 characters at most."""
    return " ".join(name.lower().replace("#", " ").split())[:40].strip()


def tags_named(session: Session, names: list[str]) -> list[Tag]:
    """The tags of these names, made where they are new; names that mean the same give one tag."""
    result: dict[str, Tag] = {}
    for name in filter(None, map(clean_tag, names)):
        slug = slugify(name)
        if slug in result:
            continue
        tag = session.scalar(select(Tag).where((Tag.slug == slug) | (Tag.name == name)))
        if tag is None:
            tag = Tag(slug=slug, name=name)
            session.add(tag)
            session.flush()
        result[tag.slug] = tag
    return list(result.values())


class Obstacle(Base):
    """What keeps a town from carrying a practice through. The list comes with the site, by `code`; administrators change and extend it.

    A retired one is offered no more, but what it was chosen for still says so.
    """

    __tablename__ = "obstacles"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    name_en: Mapped[str] = mapped_column(String(120))
    position: Mapped[int] = mapped_column(default=0)
    retired: Mapped[bool] = mapped_column(default=False)
    changed_at: Mapped[datetime] = mapped_column(default=now)
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


def known_codes(session: Session, codes: Iterable[str]) -> list[str]:
    """Those codes in the order of the list, each once; raises Refused where one is none of its codes."""
    wanted = set(codes)
    known = (
        list(session.scalars(obstacles(retired=True).with_only_columns(Obstacle.code).where(Obstacle.code.in_(wanted)))) if wanted else []
    )
    if wanted - set(known):
        raise Refused("practice.obstacle_unknown", field="obstacles")
    return known


def obstacles(retired: bool = False) -> Select[Obstacle]:
    """Those that can be chosen, in their order; with `retired` all there ever were."""
    query = select(Obstacle).order_by(Obstacle.position, Obstacle.id)
    return query if retired else query.where(Obstacle.retired.is_(False))
