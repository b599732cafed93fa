"""The row of a form in which one file is described, moved or removed."""

from collections.abc import Iterable, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Form, HiddenField

from forum.attachments.actions import Change
from forum.attachments.models import Attachment
from forum.web.forms import LineField, WholeField


class FileRow(Form):
    """One file that is there already."""

    id = HiddenField()
    alt = LineField(_l("Что на фото"))
    position = WholeField(_l("По порядку"))
    remove = BooleanField(_l("Убрать этот файл"))

    def change(self) -> Change | None:
        """What the row asks for; None where it names no file."""
        number = str(self.id.data or "")
        if not number.isdecimal() or len(number) > 15:
            return None
        return Change(int(number), self.alt.data or "", self.position.data, bool(self.remove.data))


def rows_of(files: Sequence[Attachment], typed: Iterable[Change] = ()) -> list[dict[str, Any]]:
    """Data for the rows: what was typed stands before what is stored."""
    wanted = {change.id: change for change in typed}
    rows = []
    for number, file in enumerate(files, 1):
        change = wanted.get(file.id) or Change(file.id, file.alt, number)
        rows.append({"id": file.id, "alt": change.alt, "position": change.position or number, "remove": change.remove})
    return rows
