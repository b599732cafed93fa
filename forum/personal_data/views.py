"""A person's own data: a copy to take away, and the end of the account."""

from flask import Blueprint, Response, abort, current_app, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from forum.accounts import identity
from forum.accounts import queries as people
from forum.accounts.views.settings import check_old
from forum.core.errors import Refused
from forum.core.files import FileStore
from forum.extensions import db
from forum.personal_data import copying, erasing, queries
from forum.personal_data.forms import ErasureForm, OrderForm
from forum.personal_data.models import TERM
from forum.web import refusals
from forum.web.access import access, admins, members, require
from forum.web.lookup import find_or_404

bp = Blueprint("personal_data", __name__)
blueprints = (bp,)

Answer = BaseResponse | tuple[str, int]


@bp.get("/account/data")
@access(members)
def index() -> str:
    """What there is to take away, and how to leave."""
    return _page(ErasureForm(None))


def _page(form: ErasureForm) -> str:
    return render_template(
        "personal_data/index.html",
        copy=db.session.scalar(queries.newest_copy(g.actor)),
        erasure=db.session.scalar(queries.pending_erasure(g.actor.id)),
        form=form,
        email=g.person.email,
        term=TERM.days,
    )


@bp.post("/account/data/copies")
@access(members)
def ask_for_copy() -> BaseResponse:
    """Have the worker make an archive."""
    try:
        copying.ask(db.session(), g.person)
        flash(_("Собираем архив. Когда он будет готов, пришлём письмо."), "good")
    except Refused as refusal:
        flash(refusals.words(refusal), "info")
    return redirect(url_for(".index"), 303)


@bp.get("/account/data/copies/<int:id>")
@access(members)
def download(id: int) -> Response:
    """The archive, for whose it is."""
    copy = find_or_404(queries.copy_of(g.actor, id))
    content = _store().stream(copy.key or "")
    if content is None:
        abort(404)
    name = f"my-data-{copy.asked_at:%Y-%m-%d}.zip"
    return Response(
        content,
        mimetype="application/zip",
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Content-Length": str(copy.size)},
    )


def _store() -> FileStore:
    store: FileStore = current_app.extensions["files"]
    return store


@bp.post("/account/erasure")
@access(members)
def ask_to_erase() -> Answer:
    """Have the account erased after the term."""
    form = ErasureForm()
    if not form.validate():
        return _page(form), 422
    row = identity.present()
    try:
        check_old(g.person, form.password_old.data or "")
        erasing.ask(db.session(), g.person, g.actor, but=row.id if row else None)
    except Refused as refusal:
        form.show(refusal)
        return _page(form), 429 if refusal.code == "too_often" else 422
    flash(_("Учётная запись будет удалена. До этого дня можно передумать."), "good")
    return redirect(url_for(".index"), 303)


@bp.post("/account/erasure/cancellation")
@access(members)
def cancel() -> BaseResponse:
    """Stay after all."""
    erasing.cancel(db.session(), g.person, g.actor)
    flash(_("Учётная запись остаётся."), "good")
    return redirect(url_for(".index"), 303)


@bp.get("/admin/people/<handle>/erasure")
@access(admins)
def order(handle: str) -> str:
    """The form of an erasure on a written request."""
    person = find_or_404(people.by_handle(handle))
    return render_template("personal_data/order.html", person=person, form=OrderForm(None))


@bp.post("/admin/people/<handle>/erasure")
@access(admins)
def order_erasure(handle: str) -> Answer:
    """Erase a person who asked for it in writing."""
    require(g.actor.may_write)
    person, form = find_or_404(people.by_handle(handle)), OrderForm()
    if form.validate():
        try:
            erasing.ask_for(db.session(), person, g.actor, form.reason.data or "")
            flash(_("Учётная запись будет удалена в течение минуты."), "good")
            return redirect(url_for("admin.person", handle=handle) if person.id != g.actor.id else url_for(".index"), 303)
        except Refused as refusal:
            form.show(refusal)
    return render_template("personal_data/order.html", person=person, form=form), 422
