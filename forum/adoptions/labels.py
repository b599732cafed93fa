"""What stages, and what was written at them, are called."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from forum.adoptions.models import Adoption
from forum.entries.labels import Words
from forum.notifications.wording import within_quotes

STAGES: Words = {
    "interest": _l("Интерес"),
    "adaptation": _l("Адаптация"),
    "launch": _l("Запуск"),
    "result": _l("Результат"),
    "refused": _l("Отказ"),
}
# The heading of an adoption's page, by its stage.
HEADINGS: Words = {
    "interest": _l("%(town)s: присматриваются к практике «%(title)s»"),
    "adaptation": _l("%(town)s: внедряют практику «%(title)s»"),
    "launch": _l("%(town)s: внедряют практику «%(title)s»"),
    "result": _l("%(town)s: внедрили практику «%(title)s»"),
    "refused": _l("%(town)s: отказались от практики «%(title)s»"),
}
SILENCE: Words = {
    "30": _l("через месяц тишины"),
    "60": _l("через два месяца"),
    "90": _l("через три месяца"),
    "": _l("не напоминать"),
}


def stage(code: str, confirmed: bool = False, questioned: bool = False) -> str:
    """A stage in words; a result says whether it counts."""
    if code != "result":
        return str(STAGES.get(code, code))
    if confirmed:
        return _("Внедрили, результат подтверждён")
    return _("Результат вернули с вопросом") if questioned else _("Результат ждёт подтверждения")


def heading(adoption: Adoption, town: str) -> str:
    """What the town does with the practice; of a hidden practice only that it is one."""
    if not adoption.title:
        return _("%(town)s: внедрение практики", town=town)
    return str(HEADINGS[adoption.stage]) % {"town": town, "title": within_quotes(adoption.title)}
