"""Forms of reports, of moderators' steps, of sanctions, templates and appeals."""

from typing import Any

from flask import g
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectChoice, SelectField, SelectMultipleField, validators
from wtforms.widgets import CheckboxInput, ListWidget

from forum.core.errors import Refused
from forum.extensions import db
from forum.moderation import reasons
from forum.moderation.models import ReportReason
from forum.moderation.reasons import Act, ReasonTemplate
from forum.moderation.wording import STEPS
from forum.web import refusals
from forum.web.forms import DayField, Form, LineField, TextField, WholeField

LONGEST = 2000
REASONS = {
    ReportReason.SPAM: _l("Реклама или спам"),
    ReportReason.ABUSE: _l("Оскорбления"),
    ReportReason.FALSE: _l("Неверные сведения"),
    ReportReason.PERSONAL_DATA: _l("Чужие персональные данные"),
    ReportReason.OFF_TOPIC: _l("Не по теме"),
    ReportReason.OTHER: _l("Другое"),
}
ACTS = {
    Act.HIDE: _l("Скрыть"),
    Act.RETURN: _l("Вернуть на доработку"),
    Act.LOCK: _l("Закрыть обсуждение"),
    Act.DECLINE: _l("Отклонить жалобы"),
    Act.MOVE: _l("Перенести"),
    Act.HAND_OVER: _l("Передать другому сотруднику"),
    Act.MERGE: _l("Объединить"),
    Act.SPLIT: _l("Разделить обсуждение"),
    Act.PIN: _l("Закрепить"),
    Act.EDIT: _l("Исправить текст"),
    Act.WARN: _l("Предупредить"),
    Act.SILENCE: _l("Закрыть человеку обсуждения"),
    Act.SUSPEND: _l("Заблокировать на время"),
    Act.UNDO: _l("Отменить решение"),
    Act.APPEAL: _l("Ответить на обжалование"),
}


def offered(*acts: str) -> list[ReasonTemplate]:
    """Templates meant for one of the acts (all, where none is named); asked for once a request."""
    if "reason_templates" not in g:
        g.reason_templates = reasons.all_of(db.session())
    return reasons.fit_for(g.reason_templates, *acts)


class ReportForm(Form):
    """What a reader holds against an entry."""

    reason = SelectField(
        _l("Что не так"),
        choices=[("", _l("Выберите причину")), *((key.value, text) for key, text in REASONS.items())],
        validate_choice=False,
    )
    note = TextField(_l("Подробности"), [validators.Length(max=2000, message=_l("Не больше 2000 знаков."))])


class StepForm(Form):
    """The reason of a moderator's step; the author reads it. A template chosen stands before what was typed."""

    template = SelectField(_l("Готовая причина"), validate_choice=False)
    reason = TextField(_l("Причина"), [validators.Length(max=LONGEST, message=_l("Не больше 2000 знаков."))])

    def __init__(self, *args: Any, acts: tuple[str, ...] = (), **more: Any) -> None:
        super().__init__(*args, **more)
        # Templates are written in the language of the forum's people, whatever that of the page.
        found = [SelectChoice(str(one.id), one.title, {"lang": "ru", "data-text": one.text}) for one in offered(*acts)]
        self.template.choices = [SelectChoice("", _l("Без шаблона")), *found]

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the fields, and put the chosen template into the reason."""
        if not super().validate(extra_validators):
            return False
        try:
            self.reason.data = self._composed(self.template.data or "", self.reason.data or "")
        except Refused as refusal:
            self.show(refusal)
            return False
        self.template.data = ""
        return True

    def _composed(self, chosen: str, typed: str) -> str:
        template = next((one for one in offered() if str(one.id) == chosen), None)
        if chosen and template is None:
            raise Refused("moderation.template_gone", field="template")
        whole = reasons.compose(template.text, typed) if template else typed
        if len(whole) > LONGEST:
            raise Refused("text.too_long", field="reason", limit=LONGEST)
        return whole


class WarningForm(StepForm):
    """A warning, perhaps because of an entry."""

    entry = HiddenField()


class DaysField(WholeField):
    """How long a sanction lasts."""

    def parse(self, text: str) -> int:
        try:
            return super().parse(text)
        except ValueError as error:
            raise ValueError(refusals.words(Refused("moderation.term_invalid"))) from error


class SuspensionForm(StepForm):
    """For how long, and why."""

    days = DaysField(_l("На сколько дней"), default=7)


class TemplateForm(Form):
    """A template of reasons."""

    title = LineField(_l("Название"))
    text = TextField(_l("Текст"))
    acts = SelectMultipleField(
        _l("Для каких действий"),
        choices=[SelectChoice(act.value, words) for act, words in ACTS.items()],
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
        validate_choice=False,
    )


class LogFilter(Form):
    """What to show of the log; comes with the address."""

    class Meta:
        csrf = False

    kind = SelectField(_l("Что сделано"), validate_choice=False)
    region = SelectField(_l("Регион"), validate_choice=False)
    since = DayField(_l("С какого дня"))
    until = DayField(_l("По какой день"))

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        found = [SelectChoice(kind.removeprefix("moderation."), words) for kind, words in STEPS.items()]
        self.kind.choices = [SelectChoice("", _l("Все шаги")), *found]


class AppealForm(Form):
    """Why a decision was wrong."""

    text = TextField(_l("Почему вы не согласны"))
