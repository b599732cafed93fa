"""Templates of reasons: how moderators put into words, all alike, which rule was broken and what to do about it."""

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import JSON, ForeignKey, String, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from forum.core import events
from forum.core.actor import Actor
from forum.core.clock import now
from forum.core.errors import Refused
from forum.core.model import Base

LONGEST_TITLE, LONGEST_TEXT, MOST = 80, 1500, 100


class Act(StrEnum):
    """The steps that a template can be meant for."""

    HIDE = "hide"
    RETURN = "return"
    LOCK = "lock"
    DECLINE = "decline"
    MOVE = "move"
    HAND_OVER = "hand_over"
    MERGE = "merge"
    SPLIT = "split"
    PIN = "pin"
    EDIT = "edit"
    WARN = "warn"
    SILENCE = "silence"
    SUSPEND = "suspend"
    UNDO = "undo"
    APPEAL = "appeal"


class ReasonTemplate(Base):
    """A reason to choose: its title in the list, its text as the author reads it, and the acts it is meant for."""

    __tablename__ = "reason_templates"
    affects_pages: ClassVar[bool] = False

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(LONGEST_TITLE))
    text: Mapped[str] = mapped_column(Text)
    acts: Mapped[list[str]] = mapped_column(JSON, default=list)
    changed_at: Mapped[datetime] = mapped_column(default=now)
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


def can_change(actor: Actor) -> bool:
    """Moderators of the whole site and admins: the words are everybody's. A regional moderator uses them."""
    return actor.may_write and actor.is_moderator and actor.regions is None


def all_of(session: Session) -> list[ReasonTemplate]:
    """All templates by title: there are dozens."""
    return list(session.scalars(select(ReasonTemplate).order_by(ReasonTemplate.title, ReasonTemplate.id).limit(MOST)))


def fit_for(templates: Collection[ReasonTemplate], *acts: str) -> list[ReasonTemplate]:
    """Those meant for one of the acts; all where no act is named."""
    return [template for template in templates if not acts or set(acts) & set(template.acts)]


def compose(template: str, typed: str) -> str:
    """The reason of a step: the template's text, then what was typed, unless that begins with the template already."""
    template, typed = template.strip(), typed.strip()
    if not template or typed.startswith(template):
        return typed
    return f"{template}\n\n{typed}".strip()


def write(session: Session, template: ReasonTemplate, title: str, text: str, acts: Collection[str], by: Actor) -> ReasonTemplate:
    """Change a template, or make it where it is new."""
    title, text = title.strip(), text.strip()
    for name, value, limit in (("title", title, LONGEST_TITLE), ("text", text, LONGEST_TEXT)):
        if not value:
            raise Refused(f"reason.{name}_missing", field=name)
        if len(value) > limit:
            raise Refused("text.too_long", field=name, limit=limit)
    wanted = sorted(set(acts) & set(Act))
    if not wanted:
        raise Refused("reason.acts_missing", field="acts")
    template.title, template.text, template.acts = title, text, wanted
    template.changed_at, template.changed_by_id = now(), by.id
    session.add(template)
    session.flush()
    events.record(session, "moderation.reason_written", by=by, template=template.id, title=title, text=text, acts=wanted)
    return template


def remove(session: Session, template: ReasonTemplate, by: Actor) -> None:
    """Take a template off the list; decisions that used it keep their words."""
    events.record(session, "moderation.reason_removed", by=by, template=template.id, title=template.title)
    session.delete(template)
