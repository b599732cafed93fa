"""Forms of reports and of moderators' steps."""

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, validators

from forum.moderation.models import ReportReason
from forum.web.forms import Form, TextField, WholeField

REASONS = {
    ReportReason.SPAM: _l("Реклама или спам"),
    ReportReason.ABUSE: _l("Оскорбления"),
    ReportReason.FALSE: _l("Неверные сведения"),
    ReportReason.PERSONAL_DATA: _l("Чужие персональные данные"),
    ReportReason.OFF_TOPIC: _l("Не по теме"),
    ReportReason.OTHER: _l("Другое"),
}


class ReportForm(Form):
    """What a reader holds against an entry."""

    reason = SelectField(
        _l("Что не так"),
        choices=[("", _l("Выберите причину")), *((key.value, text) for key, text in REASONS.items())],
        validate_choice=False,
    )
    note = TextField(_l("Подробности"), [validators.Length(max=2000, message=_l("Не больше 2000 знаков."))])


class StepForm(Form):
    """The reason of a moderator's step; the author reads it."""

    reason = TextField(_l("Причина"), [validators.Length(max=2000, message=_l("Не больше 2000 знаков."))])


class SuspensionForm(StepForm):
    """For how long, and why."""

    days = WholeField(_l("На сколько дней"), default=7)
