"""The words of several notices that stand as one line."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from forum.entries.labels import unnamed
from forum.entries.models import Entry
from forum.notifications.wording import within_quotes

NAMED = 2
MORE = {
    1: _l("ещё один человек"),
    2: _l("ещё двое"),
    3: _l("ещё трое"),
    4: _l("ещё четверо"),
    5: _l("ещё пятеро"),
    6: _l("ещё шестеро"),
    7: _l("ещё семеро"),
}
BY_SEVERAL = {
    "reply": _l("%(who)s ответили вам в обсуждении практики «%(title)s»"),
    "comment": _l("%(who)s прокомментировали вашу практику «%(title)s»"),
    "mention": _l("%(who)s упомянули вас в обсуждении практики «%(title)s»"),
    "followed_comment": _l("%(who)s обсуждают практику «%(title)s», за которой вы следите"),
    "adopted": _l("%(who)s внедряют вашу практику «%(title)s»"),
    "offer": _l("%(who)s предлагают вам решения: запрос «%(title)s»"),
}
# The same of what is no practice.
OF_OTHERS = {
    "reply": _l("%(who)s ответили вам в обсуждении записи «%(title)s»"),
    "comment": _l("%(who)s прокомментировали запись «%(title)s», которую вы ведёте"),
    "mention": _l("%(who)s упомянули вас в обсуждении записи «%(title)s»"),
    "followed_comment": _l("%(who)s обсуждают запись «%(title)s», за которой вы следите"),
}


def who(names: Sequence[str]) -> str:
    """«Анна», «Анна и Борис», «Анна, Борис и ещё трое»: the last to speak first."""
    if len(names) == 1:
        return names[0]
    others = len(names) - NAMED
    if others <= 0:
        return _("%(one)s и %(other)s", one=names[0], other=names[1])
    more = str(MORE[others]) if others in MORE else ngettext("ещё %(num)s человек", "ещё %(num)s человек", others)
    return _("%(names)s и %(more)s", names=", ".join(names[:NAMED]), more=more)


def sentence(told_as: str, names: Sequence[str], size: int, about: Entry) -> str:
    """What several events of one kind come to, without a full stop; `names` are of different people. Plain text."""
    title, names = within_quotes(about.subject), [name or unnamed(about.kind) for name in names]
    if len(names) > 1:
        known = OF_OTHERS if about.kind != "practice" and told_as in OF_OTHERS else BY_SEVERAL
        return str(known[told_as]) % {"who": who(names), "title": title}
    name = names[0]
    if told_as == "adopted":
        return ngettext(
            "%(name)s – %(num)s новость о внедрении вашей практики «%(title)s»",
            "%(name)s – %(num)s новостей о внедрении вашей практики «%(title)s»",
            size,
            name=name,
            title=title,
        )
    if told_as == "offer":
        return ngettext(
            "%(name)s – %(num)s предложение к вашему запросу «%(title)s»",
            "%(name)s – %(num)s предложений к вашему запросу «%(title)s»",
            size,
            name=name,
            title=title,
        )
    if about.kind != "practice":
        return ngettext(
            "%(name)s – %(num)s комментарий к записи «%(title)s»",
            "%(name)s – %(num)s комментариев к записи «%(title)s»",
            size,
            name=name,
            title=within_quotes(about.headline),
        )
    if told_as == "comment":
        return ngettext(
            "%(name)s – %(num)s комментарий к вашей практике «%(title)s»",
            "%(name)s – %(num)s комментариев к вашей практике «%(title)s»",
            size,
            name=name,
            title=title,
        )
    if told_as == "mention":
        return ngettext(
            "%(name)s упоминает вас в %(num)s комментарии к практике «%(title)s»",
            "%(name)s упоминает вас в %(num)s комментариях к практике «%(title)s»",
            size,
            name=name,
            title=title,
        )
    if told_as == "followed_comment":
        return ngettext(
            "%(name)s – %(num)s комментарий к практике «%(title)s», за которой вы следите",
            "%(name)s – %(num)s комментариев к практике «%(title)s», за которой вы следите",
            size,
            name=name,
            title=title,
        )
    return ngettext(
        "%(name)s – %(num)s ответ вам в обсуждении практики «%(title)s»",
        "%(name)s – %(num)s ответов вам в обсуждении практики «%(title)s»",
        size,
        name=name,
        title=title,
    )
