"""The row of a form in which one file is described, moved or removed."""

from collections.abc import Iterable, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Form, HiddenField, SelectChoice, SelectField
from wtforms.validators import ValidationError

from forum.attachments.actions import Change, Description
from forum.attachments.labels import KINDS, LICENCES
from forum.attachments.models import Attachment, DocumentKind, Licence
from forum.web.forms import DayField, LineField, WholeField


class OneField(SelectField):
    """One of a list; what is none of it is said in words."""

    def pre_validate(self, form: Any) -> None:
        if str(self.data or "") not in {str(value) for value, *_more in self.iter_choices()}:
            raise ValidationError(_("Выберите из списка."))


_KINDS = [SelectChoice(str(kind), label) for kind, label in KINDS.items()]
_LICENCES = [SelectChoice("", _l("не указано")), *(SelectChoice(str(one), label) for one, label in LICENCES.items())]


class FileRow(Form):
    """One file that is there already."""

    id = HiddenField()
    alt = LineField(_l("Что на фото"))
    position = WholeField(_l("По порядку"))
    kind = OneField(_l("Что это"), choices=_KINDS, default=str(DocumentKind.OTHER))
    until = DayField(_l("Действует до"))
    licence = OneField(_l("Можно использовать"), choices=_LICENCES, default="")
    remove = BooleanField(_l("Убрать этот файл"))

    def change(self) -> Change | None:
        """What the row asks for; None where it names no file."""
        number = str(self.id.data or "")
        if not number.isdecimal() or len(number) > 15:
            return None
        return Change(int(number), self.alt.data or "", self.position.data, bool(self.remove.data), self._description())

    def _description(self) -> Description | None:
        """What is said of a document; None where the row does not say it, as of photos and by older programs."""
        if not self.kind.raw_data:
            return None
        kind = self.kind.data if self.kind.data in list(DocumentKind) else DocumentKind.OTHER
        licence = Licence(self.licence.data) if self.licence.data in list(Licence) else None
        return Description(DocumentKind(kind), self.until.data, licence)

    def go_on_from(self, before: "FileRow") -> None:
        """Show a day that is none as it was typed, and what is wrong with the row."""
        self.until.raw = before.until.raw
        for name, field in self._fields.items():
            field.errors = before[name].errors


def rows_of(files: Sequence[Attachment], typed: Iterable[Change] = ()) -> list[dict[str, Any]]:
    """Data for the rows: what was typed stands before what is stored."""
    wanted = {change.id: change for change in typed}
    rows = []
    for number, file in enumerate(files, 1):
        change = wanted.get(file.id) or Change(file.id, file.alt, number)
        said = change.description or file
        described = {"kind": said.kind, "until": said.valid_until, "licence": said.licence or ""}
        rows.append({"id": file.id, "alt": change.alt, "position": change.position or number, "remove": change.remove, **described})
    return rows
