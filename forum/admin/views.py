"""Pages of the administrators: people and their roles, municipal mail domains."""

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response
from wtforms import SelectChoice

from forum.accounts import actions, policy
from forum.accounts.models import MunicipalDomain, Person, Role
from forum.admin import domains as mail_domains
from forum.admin import queries
from forum.admin.forms import DomainForm, RoleForm
from forum.core import typed
from forum.core.errors import Refused
from forum.extensions import db
from forum.places.queries import regions
from forum.web.access import access, admins, require
from forum.web.language import named
from forum.web.lookup import find_or_404
from forum.web.paging import paginate

bp = Blueprint("admin", __name__, url_prefix="/admin")
blueprints = (bp,)
Answer = Response | str | tuple[str, int]


@bp.get("")
@access(admins)
def index() -> str:
    """Counts, and the people one looks for."""
    text, role = typed.line(request.args.get("q"))[:120], request.args.get("role", "")
    query = queries.people(text, role if role in set(Role) else "")
    page = paginate(db.session(), query, [Person.id], request.args.get("page"), size=30)
    return render_template("admin/index.html", page=page, q=text, role=role, counts=db.session.execute(queries.counts()).one())


def _person_page(person: Person, form: RoleForm) -> str:
    return render_template(
        "admin/person.html",
        person=person,
        form=form,
        may_change=policy.can_change_role(g.actor, person),
        may_verify=policy.can_verify(g.actor, person),
    )


def _regions() -> list[SelectChoice]:
    return sorted((SelectChoice(region.code, named(region)) for region in db.session.scalars(regions())), key=lambda one: str(one.label))


def _role_form(person: Person) -> RoleForm:
    form = RoleForm(role=person.role, regions=[item.region_code for item in person.moderated])
    form.regions.choices = _regions()
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


def _domains_page(form: DomainForm) -> str:
    return render_template("admin/domains.html", form=form, domains=db.session.scalars(queries.domains()).all())


def _domain_form() -> DomainForm:
    form = DomainForm()
    form.region.choices = [SelectChoice("", _("не указан")), *_regions()]
    return form


@bp.get("/domains")
@access(admins)
def domains() -> str:
    """The mail domains that verify their people."""
    return _domains_page(_domain_form())


@bp.post("/domains")
@access(admins)
def add_domain() -> Answer:
    """Add a domain."""
    require(g.actor.may_write)
    form = _domain_form()
    if not form.validate():
        return _domains_page(form), 422
    try:
        domain = mail_domains.add(db.session(), form.domain.data or "", form.region.data or None, g.actor)
    except Refused as refusal:
        form.show(refusal)
        return _domains_page(form), 422
    flash(_("Домен %(domain)s добавлен.", domain=domain.domain), "good")
    return redirect(url_for("admin.domains"))


@bp.post("/domains/<domain>/removal")
@access(admins)
def remove_domain(domain: str) -> Response:
    """Take a domain off the list."""
    require(g.actor.may_write)
    found = db.session.get(MunicipalDomain, domain)
    if found is None:
        abort(404)
    mail_domains.remove(db.session(), found, g.actor)
    flash(_("Домен %(domain)s убран.", domain=domain), "good")
    return redirect(url_for("admin.domains"))
