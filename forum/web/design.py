"""The living page of components, in development only: `/design` shows each in every state."""

from datetime import UTC, datetime

from flask import Flask, render_template
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, FieldList, FileField, FormField, RadioField, SelectField
from wtforms.validators import InputRequired, Length

from forum.web.access import access, everyone
from forum.web.forms import Form, LineField, TextField, WholeField

SAMPLE_TIME = datetime(2026, 3, 3, 11, 32, tzinfo=UTC)
CHOICES = [("pilot", _l("Пилот")), ("implemented", _l("Внедрена"))]


class Sample(Form):
    """One field of every kind; a guest's page, so without a token."""

    class Meta:
        csrf = False

    title = LineField(_l("Название"), [InputRequired(_l("Обязательное поле."))])
    summary = TextField(_l("Кратко"), [Length(max=20, message=_l("Слишком длинно."))])
    cost = WholeField(_l("Местный бюджет"))
    status = SelectField(_l("Статус внедрения"), choices=CHOICES)
    kind = RadioField(_l("Статус"), choices=CHOICES, validators=[InputRequired(_l("Обязательное поле."))])
    consent = BooleanField(_l("Согласен"), [InputRequired(_l("Обязательное поле."))])
    files = FileField(_l("Документы"))


class Step(Form):
    """A repeated row."""

    class Meta:
        csrf = False

    what = LineField(_l("Шаг"), [InputRequired()])
    due = LineField(_l("Срок"))


class Rows(Form):
    """Rows and a Markdown field."""

    class Meta:
        csrf = False

    steps = FieldList(FormField(Step), label=_l("Шаги"), min_entries=2)
    body = TextField(_l("Ответ"))


@access(everyone)
def gallery() -> str:
    """Every component on one sheet."""
    form = Sample(formdata=None, data={"summary": "… " * 20})
    form.validate()
    blank = Step(formdata=None, prefix="steps-__index__-")
    return render_template("design/gallery.html", form=form, rows_form=Rows(formdata=None), blank_step=blank, now=SAMPLE_TIME)


def init_app(app: Flask) -> None:
    if app.config["ENV"] == "development":
        app.add_url_rule("/design", "design", gallery)
