"""The fields of the form as they were sent: a row added or removed, a working copy kept and brought back."""

import re
from typing import Any

from werkzeug.datastructures import MultiDict

Raw = MultiDict[str, str]

# Names of our fields: `title`, `costs-local`, `steps-0-what`. Anything else never reaches the form.
_NAME = re.compile(r"[a-z_]{1,30}(?:-\d{1,6})?(?:-[a-z]{1,20})?", re.ASCII)
_BUTTONS = ("csrf_token", "once", "action", "add", "add_row", "remove", "remove_row", "preview", "carried", "tab", "copy", "over")
# The field of an empty row: sent, so that the row is there when the form comes back.
FIRST_FIELD = {"steps": "what", "resources": "what", "indicators": "name"}


def cleaned(sent: Raw) -> Raw:
    """The fields with names of ours only."""
    return MultiDict((name, value) for name, value in sent.items(multi=True) if _NAME.fullmatch(name))


def rearrange(raw: Raw) -> str | None:
    """Do what the button of a row asks (`add=steps`, `remove=steps-2`); the name of the list, or None where none was pressed."""
    wanted = raw.get("add") or raw.get("add_row")
    if wanted in FIRST_FIELD:
        used = [int(match[1]) for name in raw if (match := re.match(rf"{wanted}-(\d+)-", name))]
        raw[f"{wanted}-{max(used, default=-1) + 1}-{FIRST_FIELD[wanted]}"] = ""
        return wanted
    name, _, number = (raw.get("remove") or raw.get("remove_row") or "").partition("-")
    if name in FIRST_FIELD and number.isascii() and number.isdecimal():
        for field in [field for field in raw if field.startswith(f"{name}-{number}-")]:
            raw.poplist(field)
        return name
    return None


def packed(raw: Raw) -> dict[str, Any]:
    """The fields for keeping: without buttons and tokens."""
    return {name: values for name, values in raw.lists() if name not in _BUTTONS and not name.startswith("choice-")}


def unpacked(kept: dict[str, Any]) -> Raw:
    """The fields as they were kept."""
    return MultiDict((name, str(value)) for name, values in kept.items() for value in values)
