"""The words of notices about adoptions."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from forum.core.events import Event
from forum.entries.models import Entry
from forum.notifications import wording
from forum.notifications.wording import GONE, within_quotes

KINDS = ("adopted", "followed_adoption", "adoption", "adoption_reminder")
# By what happened; a step stands under the stage it led to.
OF_AUTHOR = {
    "adoption.published": _l("%(town)s: внедряют вашу практику «%(title)s»"),
    "result": _l("%(town)s: внедрили вашу практику «%(title)s» – подтвердите результат или задайте вопрос"),
    "refused": _l("%(town)s: отказались от вашей практики «%(title)s» и объяснили почему"),
    "adoption.answered": _l("%(town)s: ответили на ваш вопрос о внедрении практики «%(title)s»"),
}
OF_FOLLOWER = {
    "adoption.published": _l("%(town)s: внедряют практику «%(title)s», за которой вы следите"),
    "result": _l("%(town)s: внедрили практику «%(title)s», за которой вы следите"),
    "refused": _l("%(town)s: отказались от практики «%(title)s», за которой вы следите, и объяснили почему"),
}
OF_KEEPER = {
    "adoption.confirmed": _l("Результат подтверждён: вы внедрили практику «%(title)s»"),
    "adoption.questioned": _l("О вашем результате спрашивают: практика «%(title)s»"),
    "adoption.joined": _l("Внедрение практики «%(title)s» ведёт вместе с вами ещё один коллега"),
}
REMINDER = _l("Как идут дела с практикой «%(title)s»? О внедрении давно ничего не было слышно")
BRIEF = {
    "adoption.published": _l("%(town)s: внедряют у себя"),
    "result": _l("%(town)s: внедрили"),
    "refused": _l("%(town)s: отказались и объяснили почему"),
    "adoption.answered": _l("%(town)s: ответ на вопрос"),
    "adoption.confirmed": _l("Результат подтверждён"),
    "adoption.questioned": _l("Вопрос о результате"),
    "adoption.joined": _l("Ведёт вместе с вами ещё один коллега"),
    "adoption.reminded": _l("Давно ничего не слышно"),
}
TO_CONFIRM = _l("%(town)s: внедрили – подтвердите результат или задайте вопрос")


def _happened(event: Event) -> str:
    return str(event.data.get("stage")) if event.kind == "adoption.advanced" else event.kind


def sentence(event: Event, entry: Entry | None, told_as: str) -> str:
    """What happened to an adoption; None where it may not be read any more."""
    if entry is None:
        return str(GONE)
    said = {"adopted": OF_AUTHOR, "followed_adoption": OF_FOLLOWER, "adoption": OF_KEEPER}.get(told_as, {})
    words = REMINDER if told_as == "adoption_reminder" else said.get(_happened(event), wording.UNKNOWN)
    return str(words) % names_of(entry)


def brief(event: Event, entry: Entry, told_as: str) -> str:
    """The same under a heading that names town and practice."""
    happened = _happened(event)
    words = TO_CONFIRM if (told_as, happened) == ("adopted", "result") else BRIEF.get(happened, wording.UNKNOWN)
    return str(words) % names_of(entry)


def names_of(entry: Entry) -> dict[str, str]:
    """What the words name: the town, and the practice where guests can read it."""
    title = getattr(entry, "title", "") or _("без названия")
    return {"town": getattr(entry, "town", ""), "title": within_quotes(title)}


def register() -> None:
    """Have notices, letters and digests speak so."""
    for kind in KINDS:
        wording.SENTENCES[kind] = sentence
        wording.BRIEFS[kind] = brief
