"""What the ways a request stands are called."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from forum.entries.labels import Words

OUTCOMES: Words = {
    "open": _l("Ищут решение"),
    "adopted": _l("Решено: внедряют"),
    "helped": _l("Решение нашлось"),
    "unanswered": _l("Без ответа"),
}
SHOWS: Words = {"": _l("Все"), "open": _l("Открытые"), "unanswered": _l("Без ответа"), "solved": _l("Решённые")}
SORTS: Words = {"new": _l("новые"), "wanted": _l("нужные многим")}


def outcome(code: str, offers: int = 0) -> str:
    """How a request stands; one whose time was up although something had been offered is only over."""
    if code == "unanswered" and offers:
        return _("Срок вышел")
    return str(OUTCOMES.get(code, code))


# Texts that moderators may put right.
TEXTS: Words = {
    "title": _l("Что нужно решить"),
    "problem": _l("В чём трудность"),
    "limits": _l("Что невозможно"),
    "closing": _l("Что помогло"),
}
