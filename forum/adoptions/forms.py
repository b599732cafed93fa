"""Forms of an adoption: opening it, what is new, its figures and lessons, judging its result."""

from collections.abc import Iterator, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, FieldList, FileField, FormField, HiddenField, SelectChoice
from wtforms.validators import ValidationError

from forum.adoptions.labels import SILENCE, STAGES
from forum.adoptions.models import Adoption, Stage
from forum.attachments.models import Attachment
from forum.practices.forms.fields import AtMost, ChoiceField, OneOfField
from forum.practices.forms.practice import MAX_SECTION
from forum.practices.forms.rows import CostsPart, IndicatorRow, at_most_rows
from forum.practices.models.rows import as_dict
from forum.web.forms import DayField, Form, LineField, TextField, WholeField

MAX_NOTE, MAX_ALT, PHOTOS = 10_000, 300, 3
SILENCES = [SelectChoice(value, words) for value, words in SILENCE.items()]


class OpeningForm(Form):
    """What a town begins with."""

    body = TextField(_l("С чего начинаете"), [AtMost(MAX_NOTE)])
    happened_on = DayField(_l("Когда начали"))
    remind_after = ChoiceField(_l("Напомнить записать новое"), choices=SILENCES, default="90")

    @property
    def days(self) -> int | None:
        """Days of silence; None: never."""
        return int(self.remind_after.data) if self.remind_after.data else None


class NoteForm(Form):
    """What is new: words, maybe a step to another stage, photos each with its description."""

    stage = OneOfField(_l("На каком вы этапе"), choices=[])
    happened_on = DayField(_l("Когда это было"))
    body = TextField(_l("Что нового"), [AtMost(MAX_NOTE)])
    obstacle = ChoiceField(_l("Что помешало"), choices=[])
    would_help = TextField(_l("Что помогло бы"), [AtMost(MAX_NOTE)])
    anonymous = BooleanField(_l("Не называть имён"))
    photo1, photo2, photo3 = FileField(_l("Фото 1")), FileField(_l("Фото 2")), FileField(_l("Фото 3"))
    alt1 = LineField(_l("Что на фото 1"), [AtMost(MAX_ALT)])
    alt2 = LineField(_l("Что на фото 2"), [AtMost(MAX_ALT)])
    alt3 = LineField(_l("Что на фото 3"), [AtMost(MAX_ALT)])

    def pictures(self) -> Iterator[tuple[Any, Any]]:
        """Field and description of each photo that came."""
        for number in range(1, PHOTOS + 1):
            photo = self[f"photo{number}"]
            if getattr(photo.data, "filename", ""):
                yield photo, self[f"alt{number}"]

    def validate(self, extra_validators: Any = None) -> bool:
        """Every photo is described: what nobody can read who does not see it is not taken."""
        good = super().validate(extra_validators)
        for _photo, alt in self.pictures():
            if not alt.data:
                alt.errors = [_("Опишите, что на фото: это прочтут те, кто его не видит. Сам файл придётся выбрать ещё раз.")]
                good = False
        return good


class MendForm(NoteForm):
    """A note that is there: its words and its day; each place for a photo holds one (`was` is its id), or takes one."""

    was1, was2, was3 = HiddenField(), HiddenField(), HiddenField()
    remove1, remove2, remove3 = BooleanField(_l("Убрать фото 1")), BooleanField(_l("Убрать фото 2")), BooleanField(_l("Убрать фото 3"))
    version = HiddenField()

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for name in ("stage", "obstacle", "would_help", "anonymous"):
            del self[name]

    def standing(self) -> Iterator[tuple[int, int]]:
        """Place and id of each photo that was there when the form was drawn."""
        for place in range(1, PHOTOS + 1):
            text = str(self[f"was{place}"].data or "")
            if text.isascii() and text.isdecimal() and len(text) < 10:
                yield place, int(text)

    def is_filled(self, place: int) -> bool:
        """Whether a new photo came for that place."""
        return bool(getattr(self[f"photo{place}"].data, "filename", ""))

    def alts(self) -> dict[int, str]:
        """Descriptions of the photos that stay, by id."""
        stay = [(place, id) for place, id in self.standing() if not self[f"remove{place}"].data and not self.is_filled(place)]
        return {id: self[f"alt{place}"].data or "" for place, id in stay}

    def gone(self) -> frozenset[int]:
        """Ids of the photos that are taken away, or give way to another."""
        return frozenset(id for _place, id in self.standing()) - self.alts().keys()

    def place_photos(self, photos: Sequence[Attachment]) -> None:
        """Have the places hold these photos, each with what was typed about it; what was typed about a new one moves on."""
        if [id for _place, id in self.standing()] == [file.id for file in photos]:
            return
        typed = {id: (self[f"alt{place}"].data, self[f"remove{place}"].data) for place, id in self.standing()}
        fresh = [self[f"alt{place}"].data for place in range(1, PHOTOS + 1) if not self[f"was{place}"].data]
        for place in range(1, PHOTOS + 1):
            file = photos[place - 1] if place <= len(photos) else None
            alt, remove = typed.get(file.id, (file.alt, False)) if file else (fresh.pop(0) if fresh else "", False)
            self[f"was{place}"].data, self[f"alt{place}"].data, self[f"remove{place}"].data = str(file.id) if file else "", alt, remove

    def ask_files_again(self) -> None:
        """No browser keeps the choice of a file when a form comes back."""
        for photo, alt in self.pictures():
            if not photo.errors and not alt.errors:
                photo.errors = [_("Выберите файл ещё раз.")]

    def validate(self, extra_validators: Any = None) -> bool:
        """The day is said, and every photo that stays is described."""
        good = super().validate(extra_validators)
        if self.happened_on.data is None and not self.happened_on.errors:
            self.happened_on.errors = [_("Укажите, когда это было.")]
            good = False
        for place, id in self.standing():
            if self.alts().get(id) == "":
                self[f"alt{place}"].errors = [_("Опишите, что на фото: это прочтут те, кто его не видит.")]
                good = False
        return good


def stages_of(adoption: Adoption) -> list[SelectChoice]:
    """The stage where the town stands, then all others."""
    here = Stage(adoption.stage)
    others = [SelectChoice(stage.value, STAGES[stage]) for stage in Stage if stage != here]
    return [SelectChoice("", _("Там же: %(stage)s", stage=str(STAGES[here]).lower())), *others]


class DetailsForm(Form):
    """Figures and lessons of a town's own."""

    outcome = TextField(_l("Что получилось"), [AtMost(MAX_SECTION)])
    costs = FormField(CostsPart, _l("Стоимость по источникам"))
    upkeep = WholeField(_l("Содержание в год"))
    indicators = FieldList(FormField(IndicatorRow), _l("Показатели"), [at_most_rows])
    changed = TextField(_l("Что изменили под себя"), [AtMost(MAX_SECTION)])
    obstacles_met = TextField(_l("Что мешало и как справились"), [AtMost(MAX_SECTION)])
    advice = TextField(_l("Совет тем, кто будет внедрять"), [AtMost(MAX_SECTION)])
    refusal = TextField(_l("Почему отказались"), [AtMost(MAX_SECTION)])
    would_help = TextField(_l("Что помогло бы"), [AtMost(MAX_SECTION)])
    version = HiddenField()

    def blank(self) -> Any:
        """An unbound row, for the script to clone."""
        return IndicatorRow(prefix="indicators-__index__-")

    def card(self) -> dict[str, Any]:
        """What was typed, in the shape of `Adoption.snapshot`."""
        rows = [entry.form.row for entry in self.indicators.entries]
        return {
            **{name: self[name].data or "" for name in Adoption.MARKDOWN},
            "costs": {source: self.costs.form[source].data for source in Adoption.COSTS},
            "upkeep": self.upkeep.data,
            "indicators": [as_dict(row) for row in rows if row],
        }


def details_of(adoption: Adoption) -> dict[str, Any]:
    """A stored adoption as data for the form."""
    card = adoption.snapshot()
    return {**card, "indicators": card["indicators"] or [{}], "version": adoption.version}


class QuestionForm(Form):
    """Why a result is given back."""

    question = TextField(_l("Что нужно уточнить"), [AtMost(MAX_NOTE)])


class ReminderForm(Form):
    """After what silence to be reminded."""

    remind_after = ChoiceField(_l("Напоминать"), choices=SILENCES)

    def validate_remind_after(self, field: Any) -> None:
        if field.data is None:
            raise ValidationError(_("Выберите из списка."))
