"""Mail domains of municipalities."""

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response
from wtforms import SelectChoice

from forum.accounts.models import MunicipalDomain
from forum.admin import domains as mail_domains
from forum.admin import queries
from forum.admin.forms import DomainForm
from forum.admin.views.blueprint import Answer, bp, region_choices
from forum.core import typed
from forum.core.errors import Refused
from forum.extensions import db
from forum.web import redirects
from forum.web.access import access, admins, require
from forum.web.paging import paginate


def _domains_page(form: DomainForm) -> str:
    text = typed.line(request.args.get("q"))[:120]
    columns = [MunicipalDomain.domain]
    page = paginate(db.session(), queries.domains(text), columns, request.args.get("page"), size=50, ascending=True)
    return render_template("admin/domains.html", form=form, page=page, q=text)


def _domain_form() -> DomainForm:
    form = DomainForm()
    form.region.choices = [SelectChoice("", _("не указан")), *region_choices()]
    return form


@bp.get("/domains")
@access(admins)
def domains() -> str:
    """The mail domains that verify their people; `q` is a part of one, or the code of a region."""
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
    return redirect(redirects.back(url_for("admin.domains")))
