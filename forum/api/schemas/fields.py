"""Fields with our words and our way of writing time."""

from datetime import UTC, datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from marshmallow import ValidationError, fields, validate

WORDS = {
    "required": _l("Обязательное поле."),
    "null": _l("Пустое значение не подходит."),
    "invalid": _l("Значение не подходит."),
}


class Moment(fields.AwareDateTime):
    """A moment in UTC: 2024-05-06T07:08:09Z."""

    def _serialize(self, value: datetime | None, attr: str | None, obj: Any, **more: Any) -> str | None:
        return value.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z" if value is not None else None


class _Worded:
    def make_error(self, key: str, **params: Any) -> ValidationError:
        return ValidationError([str(WORDS.get(key, WORDS["invalid"]))])


class Text(_Worded, fields.String):
    """A text in a request."""


class Whole(_Worded, fields.Integer):
    """A whole number in a request."""


class Several(_Worded, fields.List):
    """A parameter that may be repeated; the values are alternatives."""


def several(*choices: str, pattern: str = "") -> Several:
    """A parameter that may stand up to twenty times: values of a closed list, or of a pattern."""
    check: validate.Validator = one_of(*choices) if choices else matching(pattern)
    return Several(Text(validate=check), load_default=list, validate=validate.Length(max=20, error=_l("Слишком много значений.")))


def one_of(*choices: Any) -> validate.OneOf:
    """The value is one of these."""
    return validate.OneOf(choices, error=_l("Подойдут: {choices}."))


def matching(pattern: str) -> validate.Regexp:
    """The value is of this form, written as JSON Schema wants it."""
    return validate.Regexp(f"^{pattern}$", error=_l("Значение не подходит."))


def between(least: int, most: int) -> validate.Range:
    """The number lies between these, ends included."""
    return validate.Range(least, most, error=_l("Нужно число от {min} до {max}."))
