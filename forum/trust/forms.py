"""The form of the list of words."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectChoice
from wtforms.validators import DataRequired

from forum.trust.wording import ACTIONS
from forum.trust.words import Action
from forum.web.forms import Form, LineField


class WordForm(Form):
    """A word or phrase, and what comes of it."""

    words = LineField(_l("Слово или выражение"), [DataRequired(_l("Напишите слово или выражение."))])
    action = RadioField(_l("Что делать с текстом"), choices=[SelectChoice(key, name) for key, name in ACTIONS.items()], default=Action.HOLD)
