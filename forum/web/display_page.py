"""The panel by which a reader sets how pages are shown."""

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import RadioField

from forum.web import display, redirects
from forum.web.access import access, everyone
from forum.web.display import COOKIE, USUAL
from forum.web.forms import Form

bp = Blueprint("display", __name__)
YEAR = 31_536_000


class DisplayForm(Form):
    """One choice of each kind."""

    class Meta:
        csrf = False  # a guest's page carries no token; the origin guards it

    size = RadioField(_l("Размер букв"))
    space = RadioField(_l("Расстояния между буквами и строками"))
    colours = RadioField(_l("Цвета"))
    pictures = RadioField(_l("Изображения"))


def _form(values: object = None) -> DisplayForm:
    form = DisplayForm(formdata=values, obj=display.select())
    for name, choices in display.names().items():
        form[name].choices = list(choices)
    return form


@bp.get("/display")
@access(everyone, cache=True)
def panel() -> str:
    """The panel; `saved` tells that the choice has been made."""
    return render_template("display/panel.html", form=_form(), back=redirects.back(), saved="saved" in request.args)


@bp.post("/display")
@access(everyone, csrf="origin")
def choose() -> Response | tuple[str, int]:
    """Keep the choice, or forget it (`reset`), and show the panel as it now looks."""
    form = _form(request.form)
    if "reset" not in request.form and not form.validate():
        return render_template("display/panel.html", form=form, back=redirects.back(), saved=False), 422
    chosen = USUAL if "reset" in request.form else display.chosen(form.data)
    response = redirect(url_for(".panel", next=redirects.back(), saved=1, _anchor="told"), 303)
    secure = current_app.config["SESSION_COOKIE_SECURE"]
    if chosen.usual:
        response.delete_cookie(COOKIE, httponly=True, samesite="Lax", secure=secure)
    else:
        response.set_cookie(COOKIE, chosen.cookie(), max_age=YEAR, httponly=True, samesite="Lax", secure=secure)
    return response
