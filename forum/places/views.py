"""The reader's town, and how likeness is reckoned."""

from typing import Any

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms.validators import DataRequired

from forum.places import likeness, reader
from forum.places.forms import MunicipalityField, listed
from forum.places.wording import BANDS, TYPES
from forum.web import redirects
from forum.web.access import access, everyone
from forum.web.forms import Form
from forum.web.town import COOKIE

bp = Blueprint("places", __name__)
blueprints = (bp,)
bp.record_once(reader.remember)
YEAR = 31_536_000


class TownForm(Form):
    """One municipality by its name."""

    class Meta:
        csrf = False  # a guest's page carries no token; the origin guards it

    municipality = MunicipalityField(_l("Ваш муниципалитет"), [DataRequired(_l("Напишите название муниципалитета."))])


@bp.get("/town")
@access(everyone, cache=True)
def town() -> str:
    """The form; `next` says where to go on."""
    return _page(TownForm(None))


def _page(form: TownForm) -> str:
    form.municipality.options = form.municipality.options or listed()
    return render_template("places/town.html", form=form, town=reader.town(), back=redirects.back("/practices"))


@bp.post("/town")
@access(everyone, csrf="origin")
def choose() -> Response | tuple[str, int]:
    """Keep the choice in a cookie, or forget it (`reset`), and go on to where the reader came from."""
    cookie: dict[str, Any] = {"httponly": True, "samesite": "Lax", "secure": current_app.config["SESSION_COOKIE_SECURE"]}
    form = TownForm(request.form)
    if "reset" in request.form:
        response = redirect(url_for(".town", next=redirects.back("/practices")), 303)
        response.delete_cookie(COOKIE, **cookie)
        return response
    if not form.validate() or form.municipality.place is None:
        return _page(form), 422
    response = redirect(redirects.back("/practices"), 303)
    response.set_cookie(COOKIE, str(form.municipality.place.id), max_age=YEAR, **cookie)
    return response


@bp.get("/likeness")
@access(everyone, cache=True)
def rule() -> str:
    """What is compared, and how much it counts."""
    return render_template("places/likeness.html", rule=likeness, bands=BANDS, types=TYPES)
