"""What stands against the reader, and what templates ask about sanctions."""

from flask import flash, g, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from forum.accounts.models import Person
from forum.core.clock import now
from forum.extensions import db
from forum.moderation import sanctions
from forum.moderation.forms import offered
from forum.moderation.policy import can_discipline
from forum.moderation.sanctions import Sanction, SanctionKind
from forum.moderation.views.blueprint import bp
from forum.web import redirects
from forum.web.access import access, members

bp.add_app_template_global(offered, "offered_reasons")


@bp.post("/account/warnings/reading")
@access(members)
def acknowledge() -> Response:
    """The reader has read the warnings that stand."""
    sanctions.acknowledge(db.session(), g.person, g.actor)
    flash(_("Спасибо. Теперь можно писать."), "good")
    return redirect(redirects.back(url_for("notifications.index")))


@bp.app_template_global()
def unread_warnings() -> list[Sanction]:
    """Warnings that the reader has to acknowledge."""
    return list(db.session.scalars(sanctions.unread(g.actor.id))) if g.actor.warned else []


@bp.app_template_global()
def silence_in_force() -> Sanction | None:
    """Why the reader writes no comments for now."""
    return db.session.scalar(sanctions.latest(g.actor.id, SanctionKind.SILENCE)) if g.actor.silenced else None


@bp.app_template_global()
def suspension_in_force() -> Sanction | None:
    """Why the reader only reads for now."""
    return db.session.scalar(sanctions.latest(g.actor.id, SanctionKind.SUSPENSION)) if g.actor.suspended else None


@bp.app_template_global()
def may_discipline(person: Person) -> bool:
    """Whether the reader may warn, silence or suspend a person; `municipality` must be loaded."""
    return can_discipline(g.actor, person)


@bp.app_template_global()
def in_force(sanction: Sanction) -> bool:
    """Whether a sanction holds now."""
    return sanction.in_force(now())


@bp.app_template_global()
def sanctions_of(person: Person) -> list[Sanction] | None:
    """What was imposed on a person, for a moderator in whose scope they are; None for everybody else."""
    return list(db.session.scalars(sanctions.of_person(person.id))) if can_discipline(g.actor, person) else None
