"""The words for every step on the log."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

STEPS = {
    "moderation.approved": _l("Опубликовано после проверки"),
    "moderation.returned": _l("Возвращено на доработку"),
    "moderation.hidden": _l("Скрыто"),
    "moderation.held": _l("Скрыто до проверки: несколько жалоб"),
    "moderation.let_out": _l("Снова видно: жалобы отклонены"),
    "moderation.restored": _l("Возвращено на сайт"),
    "moderation.edited": _l("Исправлен текст"),
    "moderation.moved": _l("Перенесено"),
    "moderation.handed_over": _l("Практика передана другому сотруднику муниципалитета"),
    "moderation.merged": _l("Объединено с другой записью"),
    "moderation.passed_over": _l("Выбрана другая практика недели"),
    "moderation.pinned": _l("Закреплено"),
    "moderation.unpinned": _l("Откреплено"),
    "moderation.locked": _l("Обсуждение закрыто"),
    "moderation.unlocked": _l("Обсуждение открыто"),
    "moderation.reports_declined": _l("Жалобы отклонены"),
    "moderation.undone": _l("Решение отменено"),
    "moderation.warned": _l("Участник предупреждён"),
    "moderation.warning_lifted": _l("Предупреждение снято"),
    "moderation.silenced": _l("Участнику на время закрыты обсуждения"),
    "moderation.unsilenced": _l("Участнику снова открыты обсуждения"),
    "moderation.suspended": _l("Участник временно заблокирован"),
    "moderation.released": _l("Блокировка снята"),
    "moderation.verified": _l("Место работы подтверждено"),
    "moderation.appealed": _l("Решение обжаловано"),
    "moderation.appeal_upheld": _l("По обжалованию решение отменено"),
    "moderation.appeal_declined": _l("По обжалованию решение оставлено в силе"),
    "moderation.appeal_moot": _l("Обжалование закрыто: решение уже отменено"),
    "moderation.appeal_reopened": _l("Обжалование снова ждёт ответа: решение опять действует"),
    "moderation.question_hidden": _l("Вопрос убран из списка «Чего не хватает»"),
    "moderation.question_restored": _l("Вопрос возвращён в список «Чего не хватает»"),
}
ROLES = {
    "admin": _l("администратор"),
    "system": _l("сайт"),
    "moderator": _l("модератор"),
    "employee": _l("участник"),
}


def step(kind: str, data: Mapping[str, Any] = MappingProxyType({})) -> str:
    """What was done; `data` of the event, where it is at hand, makes it more exact."""
    if kind == "moderation.edited" and data.get("revision", 0) is None:  # no new words: see Entry.corrected
        return _("Изменены файлы")
    return str(STEPS[kind]) if kind in STEPS else _("Шаг модератора")


def role(name: str) -> str:
    """By whom, on the public log."""
    return str(ROLES[name]) if name in ROLES else _("модератор")
