"""What filters and their values are called wherever something is listed or searched; each in its natural order."""

from collections.abc import Mapping

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from forum.accounts.models import Person
from forum.entries.models import Entry

Words = Mapping[str, object]  # what values are called, in the language of who reads

STATUSES: Words = {
    "pilot": _l("Пилот"),
    "implemented": _l("Внедрена"),
    "scaling": _l("Масштабируется"),
    "finished": _l("Завершена"),
    "failed": _l("Не сработало"),
}
# Federal districts from west to east.
DISTRICTS: Words = {
    "central": _l("Центральный"),
    "northwest": _l("Северо-Западный"),
    "south": _l("Южный"),
    "northcaucasus": _l("Северо-Кавказский"),
    "volga": _l("Приволжский"),
    "ural": _l("Уральский"),
    "siberia": _l("Сибирский"),
    "fareast": _l("Дальневосточный"),
}
POPULATIONS: Words = {
    "0-5": _l("до 5 тыс."),
    "5-50": _l("5–50 тыс."),
    "50-250": _l("50–250 тыс."),
    "250-": _l("больше 250 тыс."),
}
COSTS: Words = {"0-100": _l("до 100 ₽"), "100-500": _l("100–500 ₽"), "500-": _l("больше 500 ₽")}
# Of the contest's rules.
CATEGORIES: Words = {"1": _l("I – округа и города"), "2": _l("II – сельские поселения")}
# What kinds of entries are called, one of them.
KINDS: Words = {"practice": _l("Практика"), "comment": _l("Комментарий"), "adoption": _l("Внедрение")}
ADOPTED: Words = {"yes": _l("Внедрили другие")}
# Whether its keeper says that it is still true.
CONFIRMED: Words = {"yes": _l("актуальные"), "no": _l("не подтверждены")}

TITLES: Words = {
    "nomination": _l("Номинация"),
    "status": _l("Статус"),
    "region": _l("Регион"),
    "district": _l("Федеральный округ"),
    "population": _l("Население"),
    "cost": _l("Стоимость на жителя"),
    "tag": _l("Тема"),
    "year": _l("Год"),
    "category": _l("Категория"),
    "adopted": _l("Внедрения"),
    "confirmed": _l("Сведения"),
    "obstacle": _l("Что мешало"),
}


def kind_name(kind: str) -> str:
    """What an entry of a kind is called."""
    return str(KINDS.get(kind, kind))


def alone(name: str, value: str, words: str) -> str:
    """What a chosen value is called where it stands alone; `words` is what it is called under the title of its filter."""
    if name == "year":
        return _("%(year)s год", year=value)
    if name == "district":
        return _("%(district)s округ", district=words)
    if name == "population":
        return _("%(band)s жителей", band=words)
    if name == "cost":
        return _("%(band)s на жителя", band=words)
    return _("Категория %(name)s", name=words.partition(" ")[0]) if name == "category" else words


def unnamed(kind: str) -> str:
    """What those who wrote an entry of a kind and asked not to be named are called, there and where they speak of it."""
    return _("Автор практики") if kind == "practice" else _("Автор записи")


def byline(entry: Entry, person: Person, root: Entry | None = None) -> str:
    """The name under words of an entry that a person wrote; `root` is what it is about."""
    return unnamed((root or entry).kind) if entry.hides(person.id) else person.name
