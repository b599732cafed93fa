"""The words for levels, for what each allows, and for what holds an entry back."""

from collections.abc import Iterable, Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from forum.core.level import Level
from forum.trust.holds import Kind
from forum.trust.levels import MEMORY_DAYS, Need
from forum.trust.limits import DAY, HOUR, LINKS, MENTIONS, QUOTAS, TEN_MINUTES, Window
from forum.trust.models import Hold

NAMES = {Level.NEWCOMER: _l("Новичок"), Level.KNOWN: _l("Участник"), Level.TRUSTED: _l("Доверенный участник")}
ALLOWS = {
    Level.NEWCOMER: _l("Сначала ваши записи смотрит модератор."),
    Level.KNOWN: _l("Ваши записи появляются сразу."),
    Level.TRUSTED: _l("Ваши записи появляются сразу, а жалобы помогают быстро скрыть нарушение."),
}
ACTIONS = {"hold": _l("Задержать до проверки"), "refuse": _l("Не принимать")}


def need(what: Need, number: int) -> str:
    """What the next level still asks."""
    sentences = {
        Need.CONFIRMED: lambda: _("Подтвердите почту: ссылка в письме."),
        Need.APPROVED: lambda: ngettext("Модератор одобрит ещё %(num)s запись.", "Модератор одобрит ещё %(num)s записей.", number),
        Need.DAYS: lambda: ngettext("Пройдёт ещё %(num)s день.", "Пройдёт ещё %(num)s дней.", number),
        Need.POSTS: lambda: ngettext("Вы опубликуете ещё %(num)s запись.", "Вы опубликуете ещё %(num)s записей.", number),
        Need.VOTES: lambda: ngettext("Ваши записи получат ещё %(num)s голос.", "Ваши записи получат ещё %(num)s голосов.", number),
        Need.CONDUCT: lambda: ngettext(
            "Пройдёт %(num)s день без подтверждённых жалоб, предупреждений и ограничений.",
            "Пройдёт %(num)s дней без подтверждённых жалоб, предупреждений и ограничений.",
            MEMORY_DAYS,
        ),
    }
    return sentences[what]()


def quota(windows: Iterable[Window]) -> list[str]:
    """How much may be written, a line for each period."""
    names = {TEN_MINUTES: _("%(num)s за 10 минут"), HOUR: _("%(num)s за час"), DAY: _("%(num)s за сутки")}
    return [(names[window.period] % {"num": window.times}).replace(" ", "\N{NO-BREAK SPACE}") for window in windows]


def table() -> Sequence[tuple[str, Sequence[Sequence[str]]]]:
    """What each level allows: rows of what it is and, for each level, lines."""
    levels = list(Level)
    at_once, later = _("сразу"), _("после проверки")

    def links(kind: str) -> list[list[str]]:
        return [[_("без предела") if LINKS[kind][level] is None else str(LINKS[kind][level])] for level in levels]

    return [
        (_("Записи появляются"), [[later if level is Level.NEWCOMER else at_once] for level in levels]),
        (_("Комментарии"), [quota(QUOTAS["comment"][level]) for level in levels]),
        (_("Практики"), [quota(QUOTAS["practice"][level]) for level in levels]),
        (_("Ссылок в комментарии"), links("comment")),
        (_("Ссылок в практике"), links("practice")),
        (_("Упоминаний в одной записи, о которых сообщаем"), [[str(MENTIONS[level])] for level in levels]),
        (_("Внедрения"), [quota(QUOTAS["adoption"][level]) for level in levels]),
        (_("Запросы «Ищу решение»"), [quota(QUOTAS["request"][level]) for level in levels]),
        (_("Жалобы"), [quota(QUOTAS["report"][level]) for level in levels]),
        (_("Жалобы скрывают запись до проверки"), [[_("да") if level is Level.TRUSTED else _("нет")] for level in levels]),
    ]


def for_moderator(hold: Hold) -> str:
    """Why an entry waits, as the queue says it."""
    words = {
        Kind.WORD: _("Слова из списка: «%(detail)s»", detail=hold.detail),
        Kind.DUPLICATE: _("Почти такой же текст за сутки"),
        Kind.FLOOD: _("Много записей подряд"),
        Kind.DOMAIN: _("Новичок ссылается на незнакомый сайт: %(detail)s", detail=hold.detail),
        Kind.REPORTS: _("Жалобы доверенных участников"),
    }
    return words[Kind(hold.kind)]


def for_author(hold: Hold) -> str:
    """Why an entry waits, as its author reads it."""
    words = {
        Kind.WORD: _("В тексте есть слова, которые сначала смотрит модератор: «%(detail)s».", detail=hold.detail),
        Kind.DUPLICATE: _("За последние сутки почти такой же текст уже отправляли."),
        Kind.FLOOD: _("Вы отправили несколько записей подряд за минуту."),
        Kind.DOMAIN: _("В тексте ссылка на сайт, который здесь ещё не встречался: %(detail)s.", detail=hold.detail),
        Kind.REPORTS: _("На запись пожаловались несколько участников, которым мы доверяем."),
    }
    return words[Kind(hold.kind)]
