"""The forms of accounts: they check shape; what a password may be is `passwords.check`."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, PasswordField, SelectChoice, SelectField
from wtforms.validators import DataRequired, Length, ValidationError

from forum.accounts import addresses
from forum.places.forms import MunicipalityField
from forum.web.forms import Form, LineField, TextField
from forum.web.trap import TrappedForm

ABOUT = 4_000
LANGUAGES = [SelectChoice("ru", "Русский"), SelectChoice("en", "English")]
SCOPES = [SelectChoice("read", _l("только чтение")), SelectChoice("write", _l("чтение и запись"))]


class EmailField(LineField):
    """An address, kept in its one spelling; what was typed is shown again."""

    typed: str = ""

    def process_formdata(self, valuelist: Any) -> None:
        super().process_formdata(valuelist)
        self.typed = self.data or ""

    def post_validate(self, form: Any, validation_stopped: bool) -> None:
        """Runs after the validators: an address that is none is an error, else it is brought to its one spelling."""
        if validation_stopped or self.errors:
            return
        found = addresses.normal(self.typed)
        if found is None:
            raise ValidationError(_l("Это не похоже на адрес почты. Пример: ivanova@admobninsk.ru."))
        self.data = found

    def _value(self) -> str:
        return self.typed or self.data or ""


def _email() -> EmailField:
    return EmailField(
        _l("Рабочая почта"), [DataRequired(_l("Напишите адрес почты.")), Length(max=254, message=_l("Слишком длинный адрес."))]
    )


def _password(label: str) -> PasswordField:
    return PasswordField(label, [DataRequired(_l("Введите пароль."))])


def _name() -> LineField:
    length = Length(2, 120, _l("Имя – от 2 до 120 знаков."))
    return LineField(_l("Имя и фамилия"), [DataRequired(_l("Напишите, как вас зовут.")), length])


def _position() -> LineField:
    return LineField(_l("Должность"), [Length(max=160, message=_l("Не больше 160 знаков."))])


class RegisterForm(TrappedForm):
    """To join."""

    name = _name()
    email = _email()
    password = _password(_l("Пароль"))
    position = _position()
    municipality = MunicipalityField(_l("Муниципальное образование"))
    consent = BooleanField(
        _l("Согласен (согласна) на обработку персональных данных"), [DataRequired(_l("Без согласия мы не вправе завести учётную запись."))]
    )


class InvitedForm(RegisterForm):
    """To join by an invitation: the address is the one it went to."""

    email = None  # type: ignore[assignment]


class SignInForm(Form):
    """To sign in; `next` and `carried` say what comes after."""

    email = LineField(_l("Почта"), [DataRequired(_l("Напишите адрес почты."))])
    password = _password(_l("Пароль"))
    remember = BooleanField(_l("Запомнить меня на этом компьютере"), default=True)
    next = HiddenField()
    carried = HiddenField()


def _code(*more: Any) -> LineField:
    return LineField(_l("Код из приложения"), [*more, Length(max=40, message=_l("Код – это шесть цифр."))])


class CodeForm(Form):
    """The second step of signing in: a code, or a recovery code; `next` and `carried` wait."""

    code = _code()
    recovery = LineField(_l("Запасной код"), [Length(max=40, message=_l("Запасной код – двенадцать знаков."))])
    next = HiddenField()
    carried = HiddenField()


class SetUpForm(Form):
    """To have a code asked for: proves that the app shows the right ones. `sealed` is the secret that was shown, encrypted."""

    code = _code(DataRequired(_l("Введите шесть цифр, которые показывает приложение.")))
    password_old = _password(_l("Ваш пароль"))
    sealed = HiddenField()


class RenewCodesForm(Form):
    """For new recovery codes."""

    code = _code(DataRequired(_l("Введите шесть цифр, которые показывает приложение.")))
    password_old = _password(_l("Ваш пароль"))


class RemoveFactorForm(Form):
    """To have no code asked for any more."""

    code = LineField(
        _l("Код из приложения или запасной код"), [DataRequired(_l("Введите код.")), Length(max=40, message=_l("Код слишком длинный."))]
    )
    password_old = _password(_l("Ваш пароль"))


class ReasonForm(Form):
    """Why something is done to somebody else's account; they will read it."""

    reason = TextField(_l("Причина"), [DataRequired(_l("Укажите причину: её увидит этот человек.")), Length(max=2000)])


class AskResetForm(TrappedForm):
    """To ask for a link to a new password."""

    email = _email()


class NewPasswordForm(Form):
    """To set a new password by a link."""

    password = _password(_l("Новый пароль"))


class ChangePasswordForm(Form):
    """To change the password, knowing the present one."""

    password_old = _password(_l("Нынешний пароль"))
    password = _password(_l("Новый пароль"))


class ChangeAddressForm(Form):
    """To get letters, and sign in, at another address."""

    email = EmailField(
        _l("Новая почта"), [DataRequired(_l("Напишите адрес почты.")), Length(max=254, message=_l("Слишком длинный адрес."))]
    )
    password_old = _password(_l("Ваш пароль"))


class InviteForm(Form):
    """To ask a colleague to join."""

    email = EmailField(
        _l("Почта коллеги"), [DataRequired(_l("Напишите адрес почты.")), Length(max=254, message=_l("Слишком длинный адрес."))]
    )


class ProfileForm(Form):
    """What a person tells about themselves."""

    name = _name()
    position = _position()
    municipality = MunicipalityField(_l("Муниципальное образование"))
    about = TextField(_l("О себе"), [Length(max=ABOUT, message=_l("Не больше 4000 знаков."))])
    lang = SelectField(_l("Язык сайта и писем"), choices=LANGUAGES)
    follows_discussions = BooleanField(_l("Следить за обсуждениями, где я пишу"))


class TokenForm(Form):
    """To make a key for a program."""

    name = LineField(
        _l("Для чего"), [DataRequired(_l("Напишите, какой программе нужен ключ.")), Length(max=80, message=_l("Не больше 80 знаков."))]
    )
    scope = SelectField(_l("Что можно"), choices=SCOPES)


class EmptyForm(Form):
    """A form of one button."""
