"""People, their consents, and the keys their programs use."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import ForeignKey, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.core.actor import EVERYWHERE, Actor
from forum.core.clock import now
from forum.core.errors import Refused
from forum.core.level import Level
from forum.core.model import Base
from forum.core.text import render
from forum.places.models import Municipality

# A newcomer whose address proves nothing is trusted after this many approved posts.
PROBATION_POSTS = 2
# Of the consent that people give when they register, and of the text at /privacy: raise it when that text changes.
CONSENT_VERSION = "2026-11-25"
SEEN_EVERY = timedelta(minutes=5)
ERASED = "deleted.invalid"  # the domain of addresses that stand for nobody's any more


class Role(StrEnum):
    """What a person is on this site."""

    EMPLOYEE = "employee"
    MODERATOR = "moderator"
    ADMIN = "admin"


class Person(Base):
    """Somebody with an account."""

    __tablename__ = "people"

    id: Mapped[int] = mapped_column(primary_key=True)
    handle: Mapped[str] = mapped_column(String(40), unique=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    password_hash: Mapped[str] = mapped_column(String(255))
    name: Mapped[str] = mapped_column(String(120))
    position: Mapped[str] = mapped_column(String(160), default="")
    about: Mapped[str] = mapped_column(Text, default="")
    about_html: Mapped[str] = mapped_column(Text, default="")
    municipality_id: Mapped[int | None] = mapped_column(ForeignKey("municipalities.id"), index=True)
    role: Mapped[str] = mapped_column(String(20), default=Role.EMPLOYEE)
    lang: Mapped[str] = mapped_column(String(2), default="ru")
    created_at: Mapped[datetime] = mapped_column(default=now)
    seen_at: Mapped[datetime | None]
    confirmed_at: Mapped[datetime | None]
    verified_at: Mapped[datetime | None]
    verified_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    # They have named another municipality since: what proved the former one proves nothing of it.
    unproved_place: Mapped[bool] = mapped_column(default=False, server_default=false())
    approved_posts: Mapped[int] = mapped_column(default=0)
    # What time, posts and votes have earned, and what conduct keeps it down to: computed by `forum.trust`.
    level: Mapped[int] = mapped_column(default=Level.NEWCOMER)
    level_cap: Mapped[int | None]
    suspended_until: Mapped[datetime | None]
    suspended_reason: Mapped[str | None] = mapped_column(Text)
    silenced_until: Mapped[datetime | None]
    warned_at: Mapped[datetime | None]  # None: no warning, or all are acknowledged
    follows_discussions: Mapped[bool] = mapped_column(default=True)  # those they write in
    rhythm: Mapped[str] = mapped_column(String(10), default="daily")  # of the digest
    mail_paused_at: Mapped[datetime | None]  # letters came back: none but those of security until the address is proved again
    unread: Mapped[int] = mapped_column(default=0)  # lines on the page of notices
    tour_dismissed_at: Mapped[datetime | None]  # «Больше не показывать» under the first steps
    # Since when signing in asks for a code as well.
    second_factor_at: Mapped[datetime | None]

    municipality: Mapped[Municipality | None] = relationship(lazy="raise_on_sql")
    moderated: Mapped[list["ModeratedRegion"]] = relationship(lazy="raise_on_sql", cascade="all, delete-orphan")

    # Set for a request: the site asks a second factor of the person's role and they have none yet, so they act as an employee.
    held_back = False

    @property
    def standing(self) -> Level:
        """The level of trust. What proves somebody at once (role, verification, approved posts) counts before anything is computed."""
        if self.role != Role.EMPLOYEE:
            return Level.TRUSTED
        at_once = Level.NEWCOMER
        if self.verified_at is not None:
            at_once = Level.TRUSTED
        elif (self.approved_posts or 0) >= PROBATION_POSTS:
            at_once = Level.KNOWN
        earned = max(Level(self.level or 0), at_once)
        return earned if self.level_cap is None else min(earned, Level(self.level_cap))

    @property
    def trusted(self) -> bool:
        """Whether their posts appear at once."""
        return self.standing >= Level.KNOWN

    @property
    def is_erased(self) -> bool:
        """Whether the account is gone for good, and only what was published is left."""
        return self.email.endswith(f"@{ERASED}")

    @property
    def works_there(self) -> bool:
        """Whether it is proved that they work for the municipality they name."""
        return self.verified_at is not None and not self.unproved_place

    def is_suspended(self, at: datetime) -> bool:
        return self.suspended_until is not None and self.suspended_until > at

    def introduce(self, name: str, position: str, about: str, municipality_id: int | None) -> None:
        """What the person tells about themselves; `about` is Markdown. Raises Refused like `render`, at the field `about`."""
        try:
            self.about_html = render(about) if about else ""
        except Refused as refusal:
            raise Refused(refusal.code, field="about", **refusal.params) from refusal
        self.name, self.position, self.about, self.municipality_id = name, position, about, municipality_id

    def confirm(self, at: datetime, known_domain: bool) -> None:
        """The work address is theirs; one of a known municipal domain verifies the person too."""
        self.confirmed_at = self.confirmed_at or at
        if known_domain and not self.verified_at:
            self.verified_at = at

    def as_actor(self) -> Actor:
        """What rules need to know; `municipality` and `moderated` must be loaded, and what the municipality came of to act for that."""
        came_of = self.municipality.__dict__.get("forerunners", ()) if self.municipality and self.works_there else ()
        moderated = frozenset(m.region_code for m in self.moderated)
        role = Role.EMPLOYEE if self.held_back else self.role
        return Actor(
            id=self.id,
            name=self.name,
            handle=self.handle,
            role=role,
            municipality_id=self.municipality_id,
            works_at=self.municipality_id if self.works_there else None,
            inherits=frozenset(place.id for place in came_of),
            region_code=self.municipality.region_code if self.municipality else None,
            regions=moderated if moderated and role == Role.MODERATOR else EVERYWHERE,
            trusted=self.trusted,
            level=self.standing,
            confirmed=self.confirmed_at is not None,
            suspended=self.is_suspended(now()),
            silenced=self.silenced_until is not None and self.silenced_until > now(),
            warned=self.warned_at is not None,
        )


class ModeratedRegion(Base):
    """A region that is a moderator's; one with none moderates the whole site."""

    __tablename__ = "moderated_regions"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    region_code: Mapped[str] = mapped_column(ForeignKey("regions.code"), primary_key=True)


class Consent(Base):
    """That somebody agreed to the processing of personal data: which text, and when (152-FZ, article 9)."""

    __tablename__ = "consents"
    affects_pages: ClassVar[bool] = False

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    version: Mapped[str] = mapped_column(String(20))
    at: Mapped[datetime] = mapped_column(default=now)


class MunicipalDomain(Base):
    """A mail domain that only municipal employees have."""

    __tablename__ = "municipal_domains"
    affects_pages: ClassVar[bool] = False

    domain: Mapped[str] = mapped_column(String(120), primary_key=True)
    region_code: Mapped[str | None] = mapped_column(ForeignKey("regions.code"))


class ApiToken(Base):
    """A key for programs, kept as a hash."""

    __tablename__ = "api_tokens"
    affects_pages: ClassVar[bool] = False

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    scope: Mapped[str] = mapped_column(String(10))
    created_at: Mapped[datetime] = mapped_column(default=now)
    used_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship(lazy="raise_on_sql")
