"""The repeated rows of the form. An empty row means nothing; a begun one needs its first field."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Form, SelectChoice
from wtforms.validators import ValidationError

from forum.practices.forms.fields import AtMost, ChoiceField
from forum.practices.models import Indicator, Resource, Step
from forum.web.forms import LineField, MonthField, NumberField, WholeField

MAX_ROWS = 40


class StepRow(Form):
    what = LineField(_l("Шаг"), [AtMost(500)])
    when = LineField(_l("Срок"), [AtMost(80)])
    who = LineField(_l("Ответственный"), [AtMost(200)])

    @property
    def row(self) -> Step | None:
        values = (self.what.data or "", self.when.data or "", self.who.data or "")
        return Step(*values) if any(values) else None

    def validate_what(self, field: Any) -> None:
        if self.row and not field.data:
            raise ValidationError(_("Напишите, что сделали, или уберите строку."))


class ResourceRow(Form):
    kind = ChoiceField(
        _l("Что это"),
        choices=[
            SelectChoice("staff", _l("Кадры")),
            SelectChoice("partner", _l("Партнёр")),
            SelectChoice("act", _l("Правовой акт")),
        ],
        default="staff",
    )
    what = LineField(_l("Кто или что"), [AtMost(500)])

    @property
    def row(self) -> Resource | None:
        return Resource(self.kind.data or "staff", self.what.data) if self.what.data else None


class IndicatorRow(Form):
    name = LineField(_l("Показатель"), [AtMost(200)])
    unit = LineField(_l("Единица"), [AtMost(60)])
    before = NumberField(_l("До"))
    after = NumberField(_l("После"))
    on = MonthField(_l("Когда измерено"))
    source = LineField(_l("Источник"), [AtMost(200)])

    @property
    def row(self) -> Indicator | None:
        values = {name: field.data for name, field in self._fields.items()}
        numbers = (self.before.data, self.after.data)
        return Indicator(**values) if any([*values.values(), *(number is not None for number in numbers)]) else None

    def validate_name(self, field: Any) -> None:
        if self.row and not field.data:
            raise ValidationError(_("Назовите показатель или уберите строку."))


class CostsPart(Form):
    """Money by source, whole roubles."""

    local = WholeField(_l("Местный бюджет"))
    regional = WholeField(_l("Региональный бюджет"))
    federal = WholeField(_l("Федеральный бюджет"))
    extra = WholeField(_l("Вне бюджета"))


ROW_FORMS = {"steps": StepRow, "resources": ResourceRow, "indicators": IndicatorRow}


def at_most_rows(form: Any, field: Any) -> None:
    """A list that nobody would read to its end is refused."""
    if len(field.entries) > MAX_ROWS:
        raise ValidationError(_("Слишком много строк: не больше %(limit)s.", limit=MAX_ROWS))
