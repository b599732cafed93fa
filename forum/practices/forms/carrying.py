"""Raw fields of one form put into another: a field of the card with all that belongs to it."""

from collections.abc import Iterator
from typing import Any

from wtforms import BooleanField, FieldList, FormField, MultipleFileField, SelectMultipleField

from forum.practices.forms.raw import Raw

# Names of the card whose fields of the form are called otherwise, or have others beside them.
FIELDS = {"municipality_id": ("municipality", "region", "add_place"), "nomination_id": ("nomination",), "donor_id": ("donor",)}


def raw_of(form: Any) -> Raw:
    """What a browser would send of a form that nobody touched."""
    return Raw(_flat(form))


def _flat(form: Any) -> Iterator[tuple[str, str]]:
    for field in form:
        if isinstance(field, FieldList):
            for entry in field.entries:
                yield from _flat(entry.form)
        elif isinstance(field, FormField):
            yield from _flat(field.form)
        elif isinstance(field, SelectMultipleField):
            yield from ((field.name, str(value)) for value in field.data or ())
        elif not isinstance(field, BooleanField | MultipleFileField):
            yield field.name, str(field._value() if hasattr(field, "_value") else field.data or "")


def carried(raw: Raw, name: str, source: Raw) -> Raw:
    """The fields with those of one name of the card as they are in another form."""
    result = Raw([(field, value) for field, value in raw.items(multi=True) if not _belongs(field, name)])
    for field, value in source.items(multi=True):
        if _belongs(field, name):
            result.add(field, value)
    return result


def _belongs(field: str, name: str) -> bool:
    return field in FIELDS.get(name, (name,)) or field.startswith(f"{name}-")
