"""The field in which a municipality is named."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from markupsafe import Markup, escape
from wtforms.validators import ValidationError
from wtforms.widgets import TextInput

from forum.extensions import db
from forum.places.matching import Match, resolve
from forum.places.models import Municipality
from forum.web.forms import LineField, clean_line


class MunicipalityInput(TextInput):
    """A text field with the likely answers in a `<datalist>`."""

    def __call__(self, field: Any, **attributes: Any) -> Markup:
        if not field.options:
            return super().__call__(field, **attributes)
        options = Markup("").join(Markup("<option>{}</option>").format(place.label) for place in field.options)
        listed = super().__call__(field, list=f"{field.id}-list", **attributes)
        return listed + Markup('<datalist id="{}">{}</datalist>').format(escape(f"{field.id}-list"), options)


class MunicipalityField(LineField):
    """A municipality by name: «Обнинск», «Обнинск, Калужская область», or its number.

    `data` is the text as typed; `place` the municipality once `find` (or validation) has found it. `options` (with their
    regions loaded) are offered while typing. A form field `region` with a two-digit code, where there is one, narrows the search.
    """

    widget = MunicipalityInput()

    def __init__(self, *args: Any, options: Sequence[Municipality] = (), **more: Any) -> None:
        super().__init__(*args, **more)
        self.options = options
        self.place: Municipality | None = None

    def process_data(self, value: Any) -> None:
        """Takes a municipality (with its region loaded) or a text."""
        if isinstance(value, Municipality):
            self.place, value = value, value.label
        self.data = clean_line(value)

    def find(self, region_code: str = "") -> Match:
        """Look the typed name up; `place` is set where exactly one is meant."""
        match = resolve(db.session(), self.data, region_code) if self.data else Match()
        self.place = match.place
        return match

    def pre_validate(self, form: Any) -> None:
        if not self.data:
            return
        match = self.find(form["region"].data or "" if "region" in form else "")
        if match.place:
            return
        self.options = match.candidates or self.options
        likely = "; ".join(place.label for place in match.candidates)
        if match.ambiguous:
            raise ValidationError(_("Таких названий несколько. Уточните: %(places)s.", places=likely))
        if likely:
            raise ValidationError(_("Такого названия в справочнике нет. Может быть, %(places)s?", places=likely))
        raise ValidationError(_("Такого названия в справочнике нет. Напишите его, как в уставе, и регион: «Обнинск, Калужская область»."))
