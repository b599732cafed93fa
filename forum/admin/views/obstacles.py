"""What keeps towns from carrying a practice through: the list that refusals choose from."""

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy import select
from werkzeug.wrappers import Response

from forum.admin import obstacles as known
from forum.admin.forms import ObstacleForm
from forum.admin.views.blueprint import Answer, bp
from forum.core.errors import Refused
from forum.extensions import db
from forum.taxonomy import models as taxonomy
from forum.taxonomy.models import Obstacle
from forum.web.access import access, admins, require
from forum.web.lookup import find_or_404


@bp.get("/obstacles")
@access(admins)
def obstacles() -> str:
    """The whole list."""
    return _page(ObstacleForm())


@bp.post("/obstacles")
@access(admins)
def add_obstacle() -> Answer:
    """Add one."""
    require(g.actor.may_write)
    form = ObstacleForm()
    try:
        if not form.validate():
            return _page(form), 422
        row = known.add(db.session(), form.name.data or "", form.name_en.data or "", g.actor)
    except Refused as refusal:
        form.show(refusal)
        return _page(form), 422
    flash(_("Добавлено: %(words)s.", words=row.name), "good")
    return redirect(url_for("admin.obstacles"))


@bp.get("/obstacles/<int(max=2147483647):id>")
@access(admins)
def obstacle(id: int) -> str:
    """One, to be renamed."""
    row = _found(id)
    return _one(row, ObstacleForm(name=row.name, name_en=row.name_en))


@bp.post("/obstacles/<int(max=2147483647):id>")
@access(admins)
def rename_obstacle(id: int) -> Answer:
    """Rename it."""
    require(g.actor.may_write)
    row, form = _found(id), ObstacleForm()
    try:
        if not form.validate():
            return _one(row, form), 422
        known.rename(db.session(), row, form.name.data or "", form.name_en.data or "", g.actor)
    except Refused as refusal:
        form.show(refusal)
        return _one(row, form), 422
    flash(_("Сохранено: %(words)s.", words=row.name), "good")
    return redirect(url_for("admin.obstacles"))


@bp.post("/obstacles/<int(max=2147483647):id>/retirement")
@access(admins)
def retire_obstacle(id: int) -> Response:
    """Offer it no more; `value=0`: again."""
    require(g.actor.may_write)
    row, retired = _found(id), request.form.get("value") != "0"
    known.retire(db.session(), row, retired, g.actor)
    flash(_("Больше не предлагаем: %(words)s.", words=row.name) if retired else _("Снова предлагаем: %(words)s.", words=row.name), "good")
    return redirect(url_for("admin.obstacles"))


def _found(id: int) -> Obstacle:
    return find_or_404(select(Obstacle).where(Obstacle.id == id))


def _page(form: ObstacleForm) -> str:
    return render_template("admin/obstacles.html", form=form, rows=db.session.scalars(taxonomy.obstacles(retired=True)).all())


def _one(row: Obstacle, form: ObstacleForm) -> str:
    return render_template("admin/obstacle.html", row=row, form=form)
