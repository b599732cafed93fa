"""The forms of personal data."""

from flask_babel import lazy_gettext as _l
from wtforms import PasswordField
from wtforms.validators import DataRequired, Length

from forum.web.forms import Form, TextField


class ErasureForm(Form):
    """So that nobody erases another's account from a computer left alone."""

    password_old = PasswordField(_l("Ваш пароль"), [DataRequired(_l("Введите пароль."))])


class OrderForm(Form):
    """An admin erases on a written request."""

    reason = TextField(_l("Основание"), [DataRequired(_l("Напишите, по какому обращению.")), Length(max=2000)])
