"""What stages, and what was written at them, are called."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from forum.entries.labels import Words

STAGES: Words = {
    "interest": _l("Интерес"),
    "adaptation": _l("Адаптация"),
    "launch": _l("Запуск"),
    "result": _l("Результат"),
    "refused": _l("Отказ"),
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
