"""Forms of what moderators do with an entry beyond a reason: words, a new place, another entry."""

from collections.abc import Callable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectChoice, SelectField, validators
from wtforms.validators import ValidationError

from forum.entries.models import Entry
from forum.extensions import db
from forum.moderation.forms import StepForm
from forum.moderation.reasons import Act
from forum.moderation.rewording import REWORDING, Part
from forum.places.forms import MunicipalityField, listed
from forum.taxonomy.models import Nomination, nominations
from forum.web.forms import LineField, TextField
from forum.web.language import named
from forum.web.own_address import number_in


class AnotherField(LineField):
    """Another practice, by its address or its number; it must be named."""

    @property
    def number(self) -> int | None:
        """The number in what was typed."""
        return number_in(self.data or "", "practices")

    def pre_validate(self, form: Any) -> None:
        if self.number is None:
            raise ValidationError(_("Вставьте адрес практики на этом сайте или её номер."))


class MoveForm(StepForm):
    """To another nomination or municipality; what is left alone stays."""

    nomination = SelectField(_l("Номинация"), default="")
    municipality = MunicipalityField(_l("Муниципальное образование"))

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, acts=(Act.MOVE,), **more)
        self.nomination.choices = [SelectChoice("", _("Как сейчас"))]
        self.nomination.choices += [SelectChoice(str(one.id), named(one, "title")) for one in db.session.scalars(nominations())]
        self.municipality.options = listed()

    @property
    def where(self) -> dict[str, Any]:
        """What was chosen, as `Entry.relocate` takes it."""
        number = self.nomination.data or ""
        nomination = db.session.get(Nomination, int(number)) if number.isdecimal() else None
        return {"nomination": nomination, "municipality": self.municipality.place}


class SplitForm(StepForm):
    """A comment goes to another discussion."""

    discussion = AnotherField(_l("К какой практике"))

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, acts=(Act.SPLIT,), **more)


class MergeForm(StepForm):
    """One entry gives way to another."""

    kept = AnotherField(_l("Какая практика останется"))

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, acts=(Act.MERGE,), **more)


class WordingForm(StepForm):
    """Other words for somebody's comment; `version` is the one they were made from."""

    body = TextField(_l("Комментарий"))
    version = HiddenField()

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, acts=(Act.EDIT,), **more)


# What the texts of a kind are called. Kinds above register theirs.
LABELS: dict[str, Callable[[Part], object]] = {}


class WordsForm(StepForm):
    """Other words for an entry that has several texts; `of` gives it a field for each."""

    version = HiddenField()
    names: tuple[str, ...] = ()  # of the texts

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, acts=(Act.EDIT,), **more)

    @classmethod
    def of(cls, entry: Entry) -> "WordsForm":
        """The form of an entry, with its words as they stand. A name that is longer than its column is not taken."""
        parts = REWORDING[entry.kind].parts(entry)
        label = LABELS[entry.kind]
        fields = {part.name: LineField(label(part), [_at_most(part.longest)]) if part.longest else TextField(label(part)) for part in parts}
        made: WordsForm = type("WordsOfEntry", (cls,), fields)(data={part.name: part.text for part in parts} | {"version": entry.version})
        made.names = tuple(fields)
        return made

    @property
    def words(self) -> dict[str, str]:
        """What was typed, by the name of the text; what the form did not send stays as it is."""
        return {name: self[name].data or "" for name in self.names if self[name].raw_data}


def _at_most(longest: int) -> validators.Length:
    return validators.Length(max=longest, message=_l("Не больше %(max)d знаков."))
