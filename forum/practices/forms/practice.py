"""The form of a practice card. It checks shapes; what publishing needs is the model's to say."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, FieldList, FormField, HiddenField, MultipleFileField, SelectChoice
from wtforms.validators import ValidationError

from forum.attachments.actions import Change
from forum.attachments.forms import FileRow
from forum.core.errors import Refused
from forum.practices.forms.fields import (
    AtMost,
    ChoiceField,
    NoMoreThan,
    OneOfField,
    PlaceField,
    PracticeField,
    SeveralField,
    TagsField,
    ToPublish,
)
from forum.practices.forms.raw import Raw
from forum.practices.forms.rows import ROW_FORMS, CostsPart, IndicatorRow, ResourceRow, StepRow, at_most_rows
from forum.practices.models import Practice, Status
from forum.practices.models.rows import as_dict
from forum.web import refusals
from forum.web.forms import DayField, Form, LineField, MonthField, TextField, WholeField

MAX_TITLE, MAX_SUMMARY, MAX_SECTION, MAX_CONTACT, MAX_REASON = 250, 600, 50_000, 1000, 2000
MANY_PEOPLE = 2_000_000_000
STATUSES = [
    SelectChoice(Status.PILOT.value, _l("Пилот")),
    SelectChoice(Status.IMPLEMENTED.value, _l("Внедрена")),
    SelectChoice(Status.SCALING.value, _l("Масштабируется")),
    SelectChoice(Status.FINISHED.value, _l("Завершена")),
    SelectChoice(Status.FAILED.value, _l("Не сработало")),
]
NAMES = [SelectChoice("0", _l("Стоит под практикой")), SelectChoice("1", _l("Нигде не называть"))]


class PracticeForm(Form):
    """All of the card. Build it from `raw` fields as sent or kept, or from `card` (the shape of `Practice.snapshot`)."""

    title = LineField(_l("Название"), [AtMost(MAX_TITLE), ToPublish()])
    summary = TextField(_l("Кратко"), [AtMost(MAX_SUMMARY), ToPublish()])
    status = ChoiceField(_l("Статус внедрения"), choices=STATUSES, default=Status.IMPLEMENTED.value)
    started = MonthField(_l("Начало"))
    finished = MonthField(_l("Окончание"))
    municipality = PlaceField(_l("Муниципальное образование"), [ToPublish()])
    add_place = BooleanField(_l("В справочнике его нет: добавить как новое"))
    region = HiddenField()
    nomination = OneOfField(_l("Номинация"), [ToPublish()], choices=[])
    tags = TagsField(_l("Темы"))
    problem = TextField(_l("Ситуация до внедрения"), [AtMost(MAX_SECTION), ToPublish()])
    goals = TextField(_l("Цели"), [AtMost(MAX_SECTION)])
    solution = TextField(_l("Решение"), [AtMost(MAX_SECTION), ToPublish()])
    results = TextField(_l("Результаты"), [AtMost(MAX_SECTION), ToPublish()])
    participation = TextField(_l("Участие жителей"), [AtMost(MAX_SECTION)])
    beneficiaries = WholeField(_l("Благополучателей, человек"), [NoMoreThan(MANY_PEOPLE)])
    participants = WholeField(_l("Участвовало жителей, человек"), [NoMoreThan(MANY_PEOPLE)])
    steps = FieldList(FormField(StepRow), _l("Шаги"), [at_most_rows])
    resources = FieldList(FormField(ResourceRow), _l("Ресурсы"), [at_most_rows])
    costs = FormField(CostsPart, _l("Стоимость по источникам"))
    upkeep = WholeField(_l("Содержание в год"))
    indicators = FieldList(FormField(IndicatorRow), _l("Показатели"), [at_most_rows])
    lessons = TextField(_l("Риски, ошибки, уроки"), [AtMost(MAX_SECTION)])
    obstacles = SeveralField(_l("Что мешало"), choices=[])
    would_help = TextField(_l("Что помогло бы"), [AtMost(MAX_SECTION)])
    anonymous = OneOfField(_l("Ваше имя"), choices=NAMES)
    replication = TextField(_l("Условия тиражирования"), [AtMost(MAX_SECTION)])
    donor = PracticeField(_l("Практика-донор"))
    attachments = FieldList(FormField(FileRow), _l("Файлы"))
    files = MultipleFileField(_l("Добавить файлы"))
    contact = TextField(_l("Контакт"), [AtMost(MAX_CONTACT)])
    valid_on = DayField(_l("Сведения верны на дату"))
    reason = TextField(_l("Причина правки"), [AtMost(MAX_REASON)])  # of a moderator who changes somebody else's practice
    version = HiddenField()

    def __init__(self, raw: Raw | None = None, *, own_id: int | None = None, donors: Any = None, **more: Any) -> None:
        """`donors(number)` says whether a practice of that number can be named as the donor."""
        super().__init__(raw, **more)
        self.own_id, self.donors = own_id, donors
        # Whatever was sent for files is in the request, not among the fields.
        self.files.data = []

    def blank(self, name: str) -> Any:
        """An unbound row, for the script to clone."""
        return ROW_FORMS[name](prefix=f"{name}-__index__-")

    def validate_finished(self, field: Any) -> None:
        if field.data and self.started.data and field.data < self.started.data:
            raise ValidationError(_("Окончание раньше начала. Проверьте месяцы."))

    def validate_donor(self, field: Any) -> None:
        if field.number is None:
            return
        if field.number == self.own_id:
            raise ValidationError(refusals.words(Refused("practice.donor_self")))
        if self.donors is not None and not self.donors(field.number):
            raise ValidationError(_("Практики с таким номером нет, или она не опубликована."))

    def require_complete(self) -> None:
        """Say at each field what publishing still needs."""
        for name in Practice.REQUIRED:
            field = self[name.removesuffix("_id")]
            if not field.data and not field.errors:
                self.show(Refused(f"practice.{field.name}_missing", field=field.name))

    def card(self) -> dict[str, Any]:
        """What was typed, in the shape of `Practice.snapshot`."""
        names = (*Practice.PLAIN, *Practice.MARKDOWN)
        rows = {name: [entry.form.row for entry in self[name].entries] for name in Practice.ROWS}
        return {
            **{name: self[name].data for name in names},
            "obstacles": list(self.obstacles.data or ()),
            "municipality_id": self.municipality.place.id if self.municipality.place else None,
            "nomination_id": int(self.nomination.data) if str(self.nomination.data or "").isdecimal() else None,
            "donor_id": self.donor.number,
            "valid_on": self.valid_on.data.isoformat() if self.valid_on.data else None,
            "costs": {source: self.costs.form[source].data for source in Practice.COSTS},
            "tags": self.tags.names,
            **{name: [as_dict(row) for row in values if row] for name, values in rows.items()},
        }

    @property
    def unsigned(self) -> bool | None:
        """Whether the author's name is to be kept back; None where nothing is said of it."""
        return self.anonymous.data == "1" if self.anonymous.data else None

    def file_changes(self) -> list[Change]:
        """What the rows ask of the files that are there."""
        return [change for entry in self.attachments.entries if (change := entry.form.change())]

    def show_files(self, rows: Sequence[dict[str, Any]]) -> None:
        """Draw the rows of these files; what was typed wrong in them stays, with what is wrong."""
        before = {str(entry.form.id.data): entry.form for entry in self.attachments.entries}
        self.attachments.process(None, list(rows))
        for entry in self.attachments.entries:
            if str(entry.form.id.data) in before:
                entry.form.go_on_from(before[str(entry.form.id.data)])
