"""The base of forms and the fields they need: whole roubles, months, numbers with a comma."""

import re
from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any

from babel.support import Translations
from flask import g
from flask_babel import gettext
from flask_wtf import FlaskForm
from wtforms import Field, StringField, TextAreaField
from wtforms.i18n import messages_path
from wtforms.widgets import TextInput

from forum.core import typed
from forum.core.errors import Refused
from forum.web import language, refusals

MAX_WHOLE = 10**15


class _Words:
    """What WTForms says itself, in the reader's language; its own way reads the catalogue anew for each request."""

    def gettext(self, string: str) -> str:
        return _catalogue(language.select()).ugettext(string)

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        return _catalogue(language.select()).ungettext(singular, plural, n)


_WORDS = _Words()


@cache
def _catalogue(lang: str) -> Any:
    return Translations.load(messages_path(), [lang], domain="wtforms")


class Form(FlaskForm):
    """Base of all forms: refusals of the domain show at their field."""

    class Meta(FlaskForm.Meta):
        def get_translations(self, form: Any) -> _Words:
            return _WORDS

    def show(self, refusal: Refused) -> None:
        """Put the words of a refusal at the field it names, or at the form's head."""
        if refusal.code == "too_often":
            g.retry_after = refusals.seconds_left(refusal)
        target: Any = self[refusal.field] if refusal.field and refusal.field in self else self
        if isinstance(target, Field):
            target.errors = [*target.errors, refusals.words(refusal)]
        else:
            self.form_errors.append(refusals.words(refusal))


class LineField(StringField):
    """One line of text."""

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        if valuelist:
            self.data = typed.line(str(valuelist[0]))


class TextField(TextAreaField):
    """Several lines of text, usually Markdown."""

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        if valuelist:
            self.data = typed.paragraphs(str(valuelist[0]))


class _Parsed(Field):
    """A field whose text becomes a value; the text itself is shown again when it can't."""

    widget = TextInput()
    raw: str = ""

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        if not valuelist:
            return
        self.raw = typed.line(str(valuelist[0]))
        self.data = None
        if self.raw:
            self.data = self.parse(self.raw)

    def parse(self, text: str) -> Any:
        raise NotImplementedError

    def show(self) -> str:
        return "" if self.data is None else str(self.data)

    def _value(self) -> str:
        return self.raw or self.show()


class WholeField(_Parsed):
    """A whole number that is not negative: roubles, people. Spaces and «₽» are ignored."""

    def parse(self, text: str) -> int:
        digits = re.sub(r"[\s\N{NO-BREAK SPACE}₽]|руб\.?", "", text)
        if re.fullmatch(r"\d{1,3}(,\d{3})+(\.0{1,2})?", digits):  # 1,200,000: no other reading is whole
            digits = digits.replace(",", "")
        if re.fullmatch(r"\d{16,}", digits):
            raise ValueError(gettext("Слишком большое число. Проверьте, нет ли лишних нулей."))
        if not re.fullmatch(r"\d{1,15}([.,]0{1,2})?", digits):
            raise ValueError(gettext("Нужно целое число, например 1 200 000."))
        return int(re.split("[.,]", digits)[0])

    def show(self) -> str:
        return "" if self.data is None else f"{self.data:,}".replace(",", "\N{NO-BREAK SPACE}")


class NumberField(_Parsed):
    """A number, with a comma or a point."""

    def parse(self, text: str) -> float:
        digits = re.sub(r"[\s\N{NO-BREAK SPACE}]", "", text).replace("\N{MINUS SIGN}", "-")
        # 1,200 is twelve hundred to who reads English, and one and a fifth to who reads Russian.
        grouped = language.select() == "en" and re.fullmatch(r"-?\d{1,3}(,\d{3})+(\.\d+)?", digits)
        digits = digits.replace(",", "" if grouped else ".")
        if not re.fullmatch(r"-?\d{1,13}(\.\d{1,6})?", digits):
            raise ValueError(gettext("Нужно число, например 12,5."))
        return float(digits)

    def show(self) -> str:
        if self.data is None:
            return ""
        text = f"{self.data:g}" if abs(self.data) < 1e6 else f"{self.data:.6f}".rstrip("0").rstrip(".")
        return text if language.select() == "en" else text.replace(".", ",")


class MonthField(_Parsed):
    """A month: 2022-03, 03.2022 or 3/2022; kept as `2022-03`."""

    def parse(self, text: str) -> str:
        match = re.fullmatch(r"(\d{4})-(\d{1,2})|(\d{1,2})[./](\d{4})", text)
        year, month = (match[1] or match[4], match[2] or match[3]) if match else ("0", "0")
        if not (1950 <= int(year) <= 2100 and 1 <= int(month) <= 12):
            raise ValueError(gettext("Нужны месяц и год, например 03.2022."))
        return f"{year}-{int(month):02d}"

    def show(self) -> str:
        return f"{self.data[5:]}.{self.data[:4]}" if self.data else ""


class DayField(_Parsed):
    """A date: 2024-03-31 or 31.03.2024."""

    def parse(self, text: str) -> date:
        match = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})\.(\d{1,2})\.(\d{4})", text)
        parts = (match[1] or match[6], match[2] or match[5], match[3] or match[4]) if match else ("0", "0", "0")
        try:
            return date(*map(int, parts))
        except ValueError:
            raise ValueError(gettext("Нужна дата, например 31.03.2024.")) from None

    def show(self) -> str:
        return f"{self.data:%d.%m.%Y}" if self.data else ""
