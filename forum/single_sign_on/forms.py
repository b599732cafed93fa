"""The forms of who comes from the provider."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, PasswordField
from wtforms.validators import DataRequired, Length

from forum.places.forms import MunicipalityField
from forum.web.forms import Form, LineField


class LinkForm(Form):
    """Proves that the account is theirs too."""

    password_old = PasswordField(_l("Пароль на этом сайте"), [DataRequired(_l("Введите пароль."))])


class JoinForm(Form):
    """To join: the address is known already, a password is not needed."""

    name = LineField(_l("Имя и фамилия"), [DataRequired(_l("Напишите, как вас зовут.")), Length(2, 120, _l("Имя – от 2 до 120 знаков."))])
    position = LineField(_l("Должность"), [Length(max=160, message=_l("Не больше 160 знаков."))])
    municipality = MunicipalityField(_l("Муниципальное образование"))
    consent = BooleanField(
        _l("Согласен (согласна) на обработку персональных данных"), [DataRequired(_l("Без согласия мы не вправе завести учётную запись."))]
    )
