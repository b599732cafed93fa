"""The words of notices and of their letters, for each kind of event."""

from collections.abc import Callable

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from forum.core.events import Event
from forum.entries.labels import unnamed
from forum.entries.models import Entry

ABOUT_PRACTICE = {
    "practice.confirmation_asked": _l("Прошёл год: всё ли ещё верно в практике, которую вы ведёте?"),
    "practice.confirmation_reminded": _l("Напоминание: подтвердите, что в практике всё верно, – иначе появится отметка «не подтверждена»"),
    "practice.edited": _l("Ваш коллега изменил практику: что именно, видно в истории правок"),
    "practice.offered": _l("Коллега предлагает вам вести практику"),
    "practice.offer_declined": _l("Коллега отказался вести практику: она остаётся за вами"),
    "practice.taken_over": _l("Практику теперь ведёт ваш коллега"),
    "practice.chosen": _l("Ваша практика – практика недели: её увидят все, кто откроет сайт"),
    "moderation.absorbed": _l("Модератор присоединил к вашей практике похожую: её комментарии и голоса теперь у вас"),
    "moderation.edited": _l("Модератор исправил вашу практику"),
    "moderation.merged": _l("Модератор объединил вашу практику с другой, похожей: её адрес ведёт теперь туда"),
    "moderation.moved": _l("Модератор перенёс вашу практику в другую номинацию или муниципалитет"),
    "moderation.undone": _l("Модератор отменил прежнее решение о вашей практике"),
    "moderation.approved": _l("Модератор посмотрел вашу практику и опубликовал её"),
    "moderation.handed_over": _l("Модератор передал вам практику: теперь её ведёте вы, укажите свой контакт"),
    "moderation.held": _l("На вашу практику пожаловались: пока модератор не решит, её видите только вы"),
    "moderation.hidden": _l("Модератор скрыл вашу практику"),
    "moderation.let_out": _l("Модератор отклонил жалобы: вашу практику снова видят все"),
    "moderation.locked": _l("Модератор закрыл обсуждение вашей практики"),
    "moderation.unlocked": _l("Модератор снова открыл обсуждение вашей практики"),
    "moderation.passed_over": _l("Модератор выбрал другую практику недели вместо вашей"),
    "moderation.restored": _l("Модератор вернул вашу практику на сайт"),
    "moderation.returned": _l("Модератор вернул вашу практику на доработку"),
    "moderation.warned": _l("Модератор вынес вам предупреждение из-за вашей практики"),
}
ABOUT_COMMENT = {
    "moderation.edited": _l("Модератор исправил ваш комментарий"),
    "moderation.moved": _l("Модератор перенёс ваш комментарий в обсуждение другой практики"),
    "moderation.pinned": _l("Модератор закрепил ваш комментарий: он стоит первым в обсуждении"),
    "moderation.undone": _l("Модератор отменил прежнее решение о вашем комментарии"),
    "moderation.unpinned": _l("Модератор открепил ваш комментарий"),
    "moderation.approved": _l("Модератор посмотрел ваш комментарий и опубликовал его"),
    "moderation.held": _l("На ваш комментарий пожаловались: пока модератор не решит, его видите только вы"),
    "moderation.hidden": _l("Модератор скрыл ваш комментарий"),
    "moderation.let_out": _l("Модератор отклонил жалобы: ваш комментарий снова видят все"),
    "moderation.restored": _l("Модератор вернул ваш комментарий на сайт"),
    "moderation.returned": _l("Модератор вернул вам комментарий: его нужно исправить"),
    "moderation.warned": _l("Модератор вынес вам предупреждение из-за вашего комментария"),
}
ABOUT_PERSON = {
    "moderation.undone": _l("Модератор отменил прежнее решение, которое касалось вас"),
    "moderation.released": _l("Ограничение снято: вы снова можете писать"),
    "moderation.report_resolved": _l("Модератор посмотрел запись, на которую вы пожаловались, и оставил её"),
    "moderation.silenced": _l("Модератор на время закрыл вам обсуждения: комментарии писать нельзя, всё остальное – можно"),
    "moderation.suspended": _l("Модератор ограничил вашу учётную запись: пока вы можете только читать"),
    "moderation.unsilenced": _l("Обсуждения снова открыты: вы можете писать комментарии"),
    "moderation.verified": _l("Модератор подтвердил место вашей работы: ваши записи теперь появляются сразу"),
    "moderation.warned": _l("Модератор вынес вам предупреждение"),
    "moderation.warning_lifted": _l("Модератор снял предупреждение"),
    "trust.lowered": _l("Ваш уровень доверия стал ниже: почему и что дальше, сказано в настройках"),
    "trust.raised": _l("Ваш уровень доверия вырос: что теперь можно, сказано в настройках"),
}
OF_APPEAL = {
    "moderation.appeal_declined": _l("Ваше обращение рассмотрел другой модератор: решение остаётся в силе"),
    "moderation.appeal_moot": _l("Решение, которое вы обжаловали, отменено: отвечать больше не на что, обращение закрыто"),
    "moderation.appeal_reopened": _l("Решение, которое вы обжаловали, снова действует: обращение опять ждёт другого модератора"),
    "moderation.appeal_upheld": _l("Ваше обращение рассмотрел другой модератор и отменил решение"),
}
OF_DECIDER = {
    "moderation.appeal_declined": _l("Ваше решение обжаловали: другой модератор оставил его в силе"),
    "moderation.appeal_upheld": _l("Ваше решение обжаловали: другой модератор отменил его"),
}
FILES = _l("Модератор изменил файлы вашей практики")
# Of comments on what is no practice.
OF_OTHERS = {
    "reply": _l("%(name)s – ответ на ваш комментарий к записи «%(title)s»"),
    "comment": _l("%(name)s – комментарий к записи «%(title)s», которую вы ведёте"),
    "mention": _l("%(name)s упоминает вас в обсуждении записи «%(title)s»"),
    "followed_comment": _l("%(name)s – новый комментарий к записи «%(title)s», за которой вы следите"),
}
# What moderators did to an entry that is neither a practice nor a comment.
ABOUT_OTHER = {
    "moderation.edited": _l("Модератор исправил вашу запись"),
    "moderation.undone": _l("Модератор отменил прежнее решение о вашей записи"),
    "moderation.approved": _l("Модератор посмотрел вашу запись и опубликовал её"),
    "moderation.held": _l("На вашу запись пожаловались: пока модератор не решит, её видите только вы"),
    "moderation.hidden": _l("Модератор скрыл вашу запись"),
    "moderation.let_out": _l("Модератор отклонил жалобы: вашу запись снова видят все"),
    "moderation.locked": _l("Модератор закрыл обсуждение вашей записи"),
    "moderation.unlocked": _l("Модератор снова открыл обсуждение вашей записи"),
    "moderation.restored": _l("Модератор вернул вашу запись на сайт"),
    "moderation.returned": _l("Модератор вернул вашу запись на доработку"),
    "moderation.warned": _l("Модератор вынес вам предупреждение из-за вашей записи"),
}
PASSED_ON = _l("Модератор передал практику другому сотруднику муниципалитета: теперь её ведёт он")
WENT_ALONG = _l("Модератор перенёс комментарий, на который вы ответили, в обсуждение другой практики – вместе с ответами")
OF_WRITING = ("reply", "comment", "mention", "followed_comment", "followed_practice", "followed_request")
BRIEF = {
    "reply": _l("%(name)s отвечает вам"),
    "comment": _l("%(name)s – комментарий"),
    "mention": _l("%(name)s упоминает вас"),
    "followed_comment": _l("%(name)s – комментарий"),
    "followed_practice": _l("%(name)s – новая практика"),
    "followed_request": _l("%(name)s ищет решение"),
}
WHY = {
    "reply": _l("Вы получили это письмо, потому что вам ответили."),
    "comment": _l("Вы получили это письмо как автор практики."),
    "mention": _l("Вы получили это письмо, потому что вас упомянули."),
    "followed_comment": _l("Вы получили это письмо, потому что следите за этим обсуждением."),
    "followed_practice": _l("Вы получили это письмо, потому что следите за такими практиками."),
    "adopted": _l("Вы получили это письмо как автор практики."),
    "adoption": _l("Вы получили это письмо, потому что ведёте запись о внедрении."),
    "adoption_reminder": _l("Вы получили это письмо, потому что просили напомнить о внедрении."),
    "followed_adoption": _l("Вы получили это письмо, потому что следите за этой практикой."),
    "offer": _l("Вы получили это письмо как автор запроса."),
    "request": _l("Вы получили это письмо, потому что спрашивали или предлагали решение."),
    "request_match": _l("Вы получили это письмо, потому что у вас есть похожая практика. Таких писем не больше одного в неделю."),
    "followed_request": _l("Вы получили это письмо, потому что следите за такими запросами."),
    "confirmation": _l("Вы получили это письмо, потому что ведёте эту практику."),
    "keeping": _l("Вы получили это письмо, потому что это практика вашего муниципалитета."),
    "search": _l("Вы получили это письмо, потому что сохранили поиск и просили писать о новом."),
    "moderation": _l("Вы получили это письмо, потому что решение касается вас."),
    "digest": _l("Вы получили это письмо, потому что выбрали сводку в настройках уведомлений."),
}
UPHELD = _l("Модератор согласился с вашей жалобой и принял меры")
GONE = _l("Было уведомление о записи, которая вам больше не видна")
UNKNOWN = _l("Новое уведомление")
# Features above bring the words of their own kinds of telling: a whole sentence, and the same under a heading that names the entry.
SENTENCES: dict[str, Callable[[Event, Entry | None, str], str]] = {}
BRIEFS: dict[str, Callable[[Event, Entry, str], str]] = {}


def sentence(event: Event, entry: Entry | None, person_id: int, told_as: str) -> str:
    """What happened, in one sentence without a full stop. `entry` is None where it may not be read (any more).

    Plain text: a lazy string with somebody's name in it would pass templates unescaped.
    """
    if told_as in OF_WRITING:
        return _written(entry, told_as)
    if told_as in SENTENCES:
        return SENTENCES[told_as](event, entry, told_as)
    if event.kind == "moderation.report_resolved" and event.data.get("outcome") == "upheld":
        return str(UPHELD)
    if event.kind in OF_APPEAL:
        return str((OF_APPEAL if event.person_id == person_id or event.kind not in OF_DECIDER else OF_DECIDER)[event.kind])
    if event.entry_id is None or event.kind == "moderation.report_resolved":
        return str(ABOUT_PERSON.get(event.kind, UNKNOWN))
    if entry is None:
        return str(GONE)
    if event.kind == "search.answered":
        return _answered(event, entry)
    if event.kind == "moderation.moved" and event.person_id != person_id:
        return str(WENT_ALONG)
    if event.kind == "moderation.handed_over" and event.person_id != person_id:
        return str(PASSED_ON)
    if event.kind == "practice.keeper_left":
        return _left(event)
    if event.kind == "moderation.edited" and event.data.get("revision", 0) is None:
        return str(FILES)
    known = ABOUT_COMMENT if entry.root_id else ABOUT_PRACTICE if entry.kind == "practice" else ABOUT_OTHER
    return str(known.get(event.kind, UNKNOWN))


def _written(entry: Entry | None, told_as: str) -> str:
    """What somebody wrote: a comment, or a practice itself."""
    if entry is None or (entry.root_id is not None and entry.root is None):
        return str(GONE)
    name, title = entry.signature or unnamed((entry.root or entry).kind), within_quotes((entry.root or entry).headline)
    if entry.root is not None and entry.root.kind != "practice":
        return str(OF_OTHERS[told_as]) % {"name": name, "title": title}
    if told_as == "followed_practice" and entry.anonymous:
        return _("Новая практика «%(title)s» в вашей ленте подписок", title=title)
    if told_as == "followed_practice":
        return _("%(name)s – новая практика «%(title)s» в вашей ленте подписок", name=name, title=title)
    if told_as == "followed_request":
        return _("%(name)s ищет решение: «%(title)s»", name=name, title=title)
    if told_as == "mention" and entry.root is None and entry.kind != "practice":
        return _("%(name)s упоминает вас в записи «%(title)s»", name=name, title=title)
    if told_as == "mention" and entry.root is None:
        return _("%(name)s упоминает вас в практике «%(title)s»", name=name, title=title)
    if told_as == "mention":
        return _("%(name)s упоминает вас в обсуждении практики «%(title)s»", name=name, title=title)
    if told_as == "comment":
        return _("%(name)s – комментарий к вашей практике «%(title)s»", name=name, title=title)
    if told_as == "followed_comment":
        return _("%(name)s – новый комментарий к практике «%(title)s», за которой вы следите", name=name, title=title)
    return _("%(name)s – ответ на ваш комментарий к практике «%(title)s»", name=name, title=title)


def _left(event: Event) -> str:
    """One practice that nobody leads any more, or one of several."""
    others = int(event.data.get("count", 1)) - 1
    if others < 1:
        return _("Практику вашего муниципалитета больше никто не ведёт: её можно взять на себя")
    return ngettext(
        "Эту практику вашего муниципалитета и ещё %(num)s больше никто не ведёт: их можно взять на себя",
        "Эту практику вашего муниципалитета и ещё %(num)s больше никто не ведёт: их можно взять на себя",
        others,
    )


def brief(event: Event, entry: Entry, told_as: str) -> str:
    """The same under a heading that names the practice."""
    if told_as == "search":
        return _("По вашему поиску «%(words)s»", words=within_quotes(str(event.data.get("words", ""))))
    if told_as in BRIEFS:
        return BRIEFS[told_as](event, entry, told_as)
    if told_as in BRIEF:
        return str(BRIEF[told_as]) % {"name": entry.signature or unnamed((entry.root or entry).kind)}
    return sentence(event, entry, 0, told_as)


def _answered(event: Event, practice: Entry) -> str:
    words = within_quotes(str(event.data.get("words", "")))
    if not words:
        return _("По вашему сохранённому поиску появилась практика «%(title)s»", title=within_quotes(practice.headline))
    return _("По вашему поиску «%(words)s» появилась практика «%(title)s»", words=words, title=within_quotes(practice.headline))


def within_quotes(words: str) -> str:
    """What somebody typed, ready to stand in «quotes»: those within are drawn „so“."""
    return words.translate({ord("«"): "„", ord("»"): "“"})
