"""Forms of the page «Чего не хватает»."""

from flask_babel import lazy_gettext as _l
from wtforms import validators

from forum.web.forms import Form, TextField


class HidingForm(Form):
    """Why a question is taken off the page."""

    reason = TextField(_l("Причина"), [validators.Length(max=2000, message=_l("Не больше 2000 знаков."))])
