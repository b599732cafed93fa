"""Practices written by programs: by the rules of the form, in the shape of an import."""

from collections.abc import Collection, Mapping
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from forum.api.body import Invalid
from forum.core.actor import Actor
from forum.core.errors import Conflict, Forbidden, Refused
from forum.entries.models import State
from forum.entries.revisions import revise
from forum.practices import importing, saving
from forum.practices.importing.apply import write
from forum.practices.importing.naming import Names
from forum.practices.models import Practice
from forum.practices.policy import owns

NEEDED = ("title",)


def create(session: Session, sent: Any, by: Actor) -> Practice:
    """A new practice of the actor's; raises `Invalid`, `Rejected`."""
    card, publish, _version = _read(sent, NEEDED)
    practice = saving.begin(session, by)
    _write(session, practice, card, by)
    if publish:
        _publish(practice, by)
    return practice


def change(session: Session, practice: Practice, sent: Any, by: Actor) -> None:
    """Write the given fields; raises `Invalid`, `Rejected`, `Conflict`, Refused as `saving.say_why`. Whether the actor may is asked before.

    `practice` must be held against other writers (see `queries.for_writing`).
    """
    card, publish, version = _read(sent, (), "version", "reason")
    judged, reason, place = not owns(by, practice), sent.get("reason") or "", practice.municipality_id
    if version is not None and version != practice.version:
        raise Conflict
    if publish and practice.state != State.PUBLISHED and practice.author_id != by.id:
        raise Forbidden
    if not isinstance(reason, str):
        raise Invalid({"reason": [_("Укажите причину: её увидит автор.")]})
    # Programs are older than reasons: one that gives none is not refused, and the author reads how it was done.
    reason = reason.strip() or _("Исправлено через API.")
    if practice.is_published or judged:
        # The first edit of what was published without a revision keeps what stood there before.
        revise(practice, by=Actor(id=practice.author_id), words_only=True)
    if practice.author_id != by.id and "anonymous" in card.values:
        raise Forbidden
    if _write(session, practice, card, by):
        saving.check_place(practice, place, by, judged)
        if practice.state in (State.PUBLISHED, State.WAITING):
            _check_complete(practice)
        practice.touch(words=True)
        made = revise(practice, by=by) if practice.is_published or judged else None
        saving.say_edited(practice, by, judged)
        if judged:
            saving.say_why(practice, by, reason, made)
        else:
            practice.recheck(by)
    if publish:
        _publish(practice, by)


def _write(session: Session, practice: Practice, card: importing.Card, by: Actor) -> bool:
    changed = False
    if card.external_id not in (None, practice.external_id):
        _check_free(session, card.external_id)
        practice.external_id, changed = card.external_id, True
    changed = write(practice, Names(session).resolve(card.values, practice), session, by) or changed
    session.flush()
    return changed


def _read(sent: Any, needed: Collection[str], *more: str) -> tuple[importing.Card, bool, int | None]:
    """Card, whether to publish, and version; raises `Invalid` with all that is wrong, names nobody knows included."""
    found = importing.parse(sent, needed)
    problems = found if isinstance(found, list) else []
    errors = Invalid.of(problems).errors
    if isinstance(sent, Mapping):
        for name in sent.keys() - importing.FIELDS.keys() - {"publish", *more}:
            errors.setdefault(str(name)[:40], []).append(_("Такого поля нет, или менять его нельзя."))
        if not isinstance(sent.get("publish", False), bool):
            errors.setdefault("publish", []).append(_("Нужно true или false."))
        if "version" in more and type(sent.get("version", 0)) is not int:
            errors.setdefault("version", []).append(_("Нужно целое число."))
    if errors or isinstance(found, list):
        raise Invalid(errors)
    return found, bool(sent.get("publish")), sent.get("version") if more else None


def _check_free(session: Session, external_id: str | None) -> None:
    """An import updates the practice of that name; a program may not reach another's so."""
    if external_id and session.scalar(select(Practice.id).where(Practice.external_id == external_id)) is not None:
        raise Invalid({"external_id": [_("Практика с таким внешним номером уже есть.")]})


def _check_complete(practice: Practice) -> None:
    missing = [name.removesuffix("_id") for name in Practice.REQUIRED if not getattr(practice, name)]
    if missing:
        raise Invalid.of(Refused(f"practice.{name}_missing", field=name) for name in missing)


def _publish(practice: Practice, by: Actor) -> None:
    _check_complete(practice)
    saving.publish(practice, by)
