"""Forms of the administration."""

from flask_babel import lazy_gettext as _l
from wtforms import SelectChoice, SelectField, SelectMultipleField
from wtforms.validators import DataRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from forum.accounts.models import Role
from forum.web.forms import Form, LineField

ROLES = [
    SelectChoice(Role.EMPLOYEE.value, _l("сотрудник")),
    SelectChoice(Role.MODERATOR.value, _l("модератор")),
    SelectChoice(Role.ADMIN.value, _l("администратор")),
]


class RoleForm(Form):
    """Role, and a moderator's regions; none means the whole site."""

    role = SelectField(_l("Роль"), choices=ROLES)
    regions = SelectMultipleField(_l("Регионы модератора"), option_widget=CheckboxInput(), widget=ListWidget(prefix_label=False))


class DomainForm(Form):
    """A mail domain that only municipal employees have."""

    domain = LineField(_l("Домен"), [DataRequired(_l("Напишите домен."))])
    region = SelectField(_l("Регион"))


class ObstacleForm(Form):
    """What keeps towns from carrying a practice through, in both languages."""

    name = LineField(_l("По-русски"), [Length(max=120, message=_l("Слишком длинно: не больше 120 знаков."))])
    name_en = LineField(_l("По-английски"), [Length(max=120, message=_l("Слишком длинно: не больше 120 знаков."))])


class SynonymForm(Form):
    """Words that mean the same, parted by commas."""

    words = LineField(_l("Слова одного значения"), [DataRequired(_l("Напишите хотя бы два слова или выражения через запятую."))])
