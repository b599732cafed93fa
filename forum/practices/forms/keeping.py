"""Forms of passing a practice on: to oneself with a contact, to a colleague."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectChoice, SelectField

from forum.moderation.forms import StepForm
from forum.moderation.reasons import Act
from forum.practices.forms.fields import AtMost
from forum.practices.forms.practice import MAX_CONTACT
from forum.web.forms import Form, TextField


class ColleagueField(SelectField):
    """One of the people who work for the municipality."""

    def __init__(self, label: Any, **more: Any) -> None:
        super().__init__(label, validate_choice=False, choices=[], **more)

    def offer(self, people: Any) -> None:
        """Let these be chosen from; two of a name are told apart by what they do."""
        found = [SelectChoice(str(one.id), ", ".join(filter(None, [one.name, one.position]))) for one in people]
        self.choices = [SelectChoice("", _("Выберите")), *found]

    @property
    def number(self) -> int | None:
        """Who was chosen; None for what no list of ours offers."""
        text = self.data or ""
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None


class ContactForm(Form):
    """Whom colleagues write or call from now on."""

    contact = TextField(_l("Ваш контакт для коллег"), [AtMost(MAX_CONTACT)])


class OfferForm(Form):
    """To which colleague."""

    person = ColleagueField(_l("Кому"))


class HandOverForm(StepForm):
    """The same by a moderator, with the reason."""

    person = ColleagueField(_l("Кто будет вести"))

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, acts=(Act.HAND_OVER,), **more)
