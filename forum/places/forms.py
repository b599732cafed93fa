"""The field in which a municipality is named."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from markupsafe import Markup
from wtforms.validators import ValidationError
from wtforms.widgets import TextInput

from forum.core import typed
from forum.extensions import db
from forum.places import queries
from forum.places.choice import Choice, choose, current_of
from forum.places.models import Municipality
from forum.web import language
from forum.web.forms import LineField

LONGEST = 300
# 900 names take 12 KB compressed. With the whole country loaded (20,000) the list would be too heavy for a narrow line:
# from here on the server alone resolves and suggests.
LISTED = 1_500


def listed() -> list[str]:
    """All places, to offer while typing; none where there are too many."""
    rows = db.session.execute(queries.labels(language.select()).limit(LISTED + 1)).all()
    return [f"{name}, {region}" for name, region in rows] if len(rows) <= LISTED else []


class MunicipalityInput(TextInput):
    """A text field with the likely answers in a `<datalist>`."""

    def __call__(self, field: Any, **attributes: Any) -> Markup:
        if not field.options:
            return super().__call__(field, **attributes)
        options = Markup("").join(Markup("<option>{}</option>").format(label) for label in field.options)
        listed = super().__call__(field, list=f"{field.id}-list", **attributes)
        return listed + Markup('<datalist id="{}">{}</datalist>').format(f"{field.id}-list", options)


class MunicipalityField(LineField):
    """A municipality by name: «Обнинск», «Обнинск, Калужская область», or its number.

    `data` is the text as typed; `place` the municipality once `find` (or validation) has found it. `options` (labels) are
    offered while typing. A form field `region` with a two-digit code, where there is one, narrows the search.
    """

    widget = MunicipalityInput()

    def __init__(self, *args: Any, options: Sequence[str] = (), **more: Any) -> None:
        super().__init__(*args, **more)
        self.options = options
        self.place: Municipality | None = None

    def process_data(self, value: Any) -> None:
        """Takes a municipality (with its region loaded) or a text."""
        if isinstance(value, Municipality):
            self.place, value = value, language.place_name(value)
        self.data = typed.line(value)

    def find(self, region_code: str = "") -> Choice:
        """Look the typed name up; `place` is set where exactly one is meant."""
        text, session = self.data or "", db.session()
        if text.isdecimal() and len(text) < 10 and session.get(Municipality, int(text)) is not None:
            choice = Choice(current_of(session, int(text)))
        elif text and len(text) <= LONGEST:
            choice = choose(session, f"{text}, {region_code}" if region_code and "," not in text else text)
        else:
            choice = Choice()
        self.place = choice.place
        return choice

    def pre_validate(self, form: Any) -> None:
        if not self.data:
            return
        choice = self.find((form["region"].data or "") if "region" in form else "")
        if choice.place:
            return
        if choice.similar:
            self.options = choice.similar
            raise ValidationError(_("Уточните, что вы имели в виду: %(places)s.", places="; ".join(choice.similar)))
        raise ValidationError(_("Такого названия в справочнике нет. Напишите его, как в уставе, и регион: «Обнинск, Калужская область»."))
