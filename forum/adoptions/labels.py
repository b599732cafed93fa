"""What stages, and what was written at them, are called."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from forum.adoptions.models import Adoption
from forum.entries.labels import Words
from forum.moderation.rewording import Part
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


def called(adoption: Adoption, town: str) -> str:
    """The same in short, for the way to that page."""
    return f"{town} – {adoption.title}" if adoption.title else _("%(town)s: внедрение практики", town=town)


# Texts that moderators may put right.
TEXTS: Words = {
    "outcome": _l("Что получилось"),
    "changed": _l("Что изменили под себя"),
    "obstacles_met": _l("Что мешало и как справились"),
    "advice": _l("Совет тем, кто будет внедрять"),
    "refusal": _l("Почему отказались"),
    "would_help": _l("Что помогло бы"),
}


def text(part: Part) -> str:
    """What a text of an adoption is called; one of the timeline by its day."""
    return str(TEXTS[part.name]) if part.name in TEXTS else _("Запись от %(day)s", day=f"{part.on:%d.%m.%Y}")
