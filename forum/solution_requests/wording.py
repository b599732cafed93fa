"""The words of notices about requests."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from forum.core.events import Event
from forum.entries.models import Entry
from forum.notifications import wording
from forum.notifications.wording import GONE, within_quotes

KINDS = ("offer", "request", "request_match")
SAID = {
    "request.offered": _l("Вам предложили решение: запрос «%(title)s»"),
    "request.overdue": _l("Срок вашего запроса «%(title)s» вышел. Нашлось ли решение?"),
    "request.thanked": _l("Вас благодарят за решение, которое вы предложили: запрос «%(title)s»"),
    "adopted": _l("Запрос «%(title)s» решён: предложенную практику внедряют"),
    "helped": _l("Запрос «%(title)s» решён: автор рассказал, что помогло"),
    "unanswered": _l("Запрос «%(title)s» закрыт: срок вышел. Его по-прежнему видно в списке, и продлить его можно в любой день"),
}
BRIEF = {
    "request.offered": _l("Предложили решение"),
    "request.overdue": _l("Срок вышел. Нашлось ли решение?"),
    "request.thanked": _l("Спасибо за ваше предложение"),
    "request.matched": _l("Похоже на то, что у вас уже получилось"),
    "adopted": _l("Решено: практику внедряют"),
    "helped": _l("Решение нашлось"),
    "unanswered": _l("Закрыт: срок вышел"),
}


def _happened(event: Event) -> str:
    return str(event.data.get("outcome")) if event.kind == "request.closed" else event.kind


def sentence(event: Event, entry: Entry | None, told_as: str) -> str:
    """What happened to a request; plain text."""
    if entry is None:
        return str(GONE)
    title = within_quotes(entry.headline)
    if event.kind == "request.matched":
        return _matched(title, event.data.get("others", 0))
    return str(SAID.get(_happened(event), wording.UNKNOWN)) % {"title": title}


def _matched(title: str, others: int) -> str:
    words = _("Ищут то, что у вас уже получилось: запрос «%(title)s»", title=title)
    if not others:
        return words
    more = ngettext("и ещё %(num)s похожий на ваши практики", "и ещё %(num)s похожих на ваши практики", others)
    return f"{words} {more}"


def brief(event: Event, entry: Entry, _told_as: str) -> str:
    """The same under a heading that names the request."""
    return str(BRIEF.get(_happened(event), wording.UNKNOWN))


def register() -> None:
    """Have notices, letters and digests speak so."""
    for kind in KINDS:
        wording.SENTENCES[kind] = sentence
        wording.BRIEFS[kind] = brief
