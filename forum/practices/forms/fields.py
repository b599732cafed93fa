"""Fields and validators of the practice form."""

import re
from typing import Any

from flask_babel import gettext as _
from wtforms import RadioField, SelectField, SelectMultipleField
from wtforms.validators import ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from forum.extensions import db
from forum.places.choice import region_code
from forum.places.forms import MunicipalityField
from forum.web.forms import LineField
from forum.web.own_address import number_in

MAX_TAGS = 10


class ToPublish:
    """Marks a field that only publishing needs: a draft may lack anything."""

    field_flags = {"required": True}

    def __call__(self, form: Any, field: Any) -> None:
        """The check itself is `PracticeForm.require_complete`, made where it is asked for."""


class AtMost:
    """A limit in characters that says how many there are, and never cuts what was typed."""

    def __init__(self, limit: int) -> None:
        self.limit = limit

    def __call__(self, form: Any, field: Any) -> None:
        if len(field.data or "") > self.limit:
            raise ValidationError(_("Слишком длинно: можно %(limit)s знаков, а сейчас %(now)s.", limit=self.limit, now=len(field.data)))


class NoMoreThan:
    """The greatest number that makes sense."""

    def __init__(self, limit: int) -> None:
        self.limit = limit

    def __call__(self, form: Any, field: Any) -> None:
        if field.data is not None and field.data > self.limit:
            raise ValidationError(_("Слишком большое число. Проверьте, нет ли лишних нулей."))


class _Chosen:
    """Says in words when the choice is none of those offered; nothing chosen is no error."""

    data: Any

    def pre_validate(self, form: Any) -> None:
        known = {str(value) for value, *_more in self.iter_choices()}  # type: ignore[attr-defined]
        if self.data and str(self.data) not in known:
            raise ValidationError(_("Выберите из списка."))


class ChoiceField(_Chosen, SelectField):
    """One of a list."""


class OneOfField(_Chosen, RadioField):
    """One of a few, all in sight."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.type = "RadioField"  # what the component draws it by


class SeveralField(SelectMultipleField):
    """Any of a list, as boxes to tick."""

    widget, option_widget = ListWidget(prefix_label=False), CheckboxInput()

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.type = "MultiCheckboxField"  # what the component draws it by

    def pre_validate(self, form: Any) -> None:
        known = {str(value) for value, *_more in self.iter_choices()}
        if not known.issuperset(self.data or ()):
            raise ValidationError(_("Выберите из списка."))


class PlaceField(MunicipalityField):
    """A municipality; one that the reference data does not have may be added, where its region is named.

    `unknown` is the name and the region's code of such a one: it is taken when the field `add_place` is ticked.
    """

    unknown: tuple[str, str] | None = None

    def pre_validate(self, form: Any) -> None:
        try:
            super().pre_validate(form)
        except ValidationError:
            name, _comma, region = (self.data or "").rpartition(",")
            code = region_code(db.session(), region) if name.strip() else None
            self.unknown = (name.strip(), code) if code else None
            if not (self.unknown and form["add_place"].data):
                raise


class TagsField(LineField):
    """Themes, separated by commas."""

    @property
    def names(self) -> list[str]:
        """The themes one by one."""
        return [name for part in re.split("[,;]", self.data or "") if (name := part.strip())]

    def pre_validate(self, form: Any) -> None:
        if len(self.names) > MAX_TAGS:
            raise ValidationError(_("Не больше %(limit)s тем.", limit=MAX_TAGS))
        for name in self.names:
            if len(name) > 40:
                raise ValidationError(_("Тема «%(name)s…» слишком длинная: не больше 40 знаков.", name=name[:30]))


class PracticeField(LineField):
    """Another practice, by its address or its number."""

    @property
    def number(self) -> int | None:
        """The number in what was typed."""
        return number_in(self.data or "", "practices")

    def pre_validate(self, form: Any) -> None:
        if self.data and self.number is None:
            raise ValidationError(_("Вставьте адрес практики на этом сайте или её номер."))
