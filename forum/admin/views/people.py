"""People and their roles."""

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from forum.accounts import actions, policy
from forum.accounts.models import Person, Role
from forum.admin import queries
from forum.admin.forms import RoleForm
from forum.admin.views.blueprint import Answer, bp, region_choices
from forum.core import typed
from forum.extensions import db
from forum.search import queue
from forum.web.access import access, admins, require
from forum.web.lookup import find_or_404
from forum.web.paging import paginate


@bp.get("")
@access(admins)
def index() -> str:
    """Counts, and the people one looks for."""
    text, role = typed.line(request.args.get("q"))[:120], request.args.get("role", "")
    query = queries.people(text, role if role in set(Role) else "")
    page = paginate(db.session(), query, [Person.id], request.args.get("page"), size=30)
    return render_template(
        "admin/index.html",
        page=page,
        q=text,
        role=role,
        counts=db.session.execute(queries.counts()).one(),
        waiting=queue.waiting(db.session()),
        lag=round(queue.lag(db.session())),
    )


def _person_page(person: Person, form: RoleForm) -> str:
    return render_template(
        "admin/person.html",
        person=person,
        form=form,
        may_change=policy.can_change_role(g.actor, person),
        may_verify=policy.can_verify(g.actor, person),
    )


def _role_form(person: Person) -> RoleForm:
    form = RoleForm(role=person.role, regions=[item.region_code for item in person.moderated])
    form.regions.choices = region_choices()
    return form


@bp.get("/people/<handle>")
@access(admins)
def person(handle: str) -> str:
    """One person: what they are, and may."""
    found = find_or_404(queries.person(handle))
    return _person_page(found, _role_form(found))


@bp.post("/people/<handle>/role")
@access(admins)
def change_role(handle: str) -> Answer:
    """Give a person another role or scope."""
    found = find_or_404(queries.person(handle))
    require(policy.can_change_role(g.actor, found))
    form = _role_form(found)
    if not form.validate():
        return _person_page(found, form), 422
    actions.change_role(db.session(), found, form.role.data, form.regions.data or (), by=g.actor)
    flash(_("Сохранено."), "good")
    return redirect(url_for("admin.person", handle=handle))
