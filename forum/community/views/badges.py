"""The signs on people's pages, and the page that tells their rules."""

from typing import Any, NamedTuple

from flask import render_template
from flask_babel import lazy_gettext as _l

from forum.community import badges
from forum.community.views.blueprint import bp
from forum.practices.people import Record
from forum.web.access import access, everyone


class Words(NamedTuple):
    """What a badge is called, and what it is given for."""

    name: Any
    rule: Any


WORDS = {
    "first_practice": Words(_l("Первая практика"), _l("Опубликована хотя бы одна практика.")),
    "five_practices": Words(_l("Пять практик"), _l("Опубликовано пять практик или больше.")),
    "with_figures": Words(_l("Практика с показателями"), _l("Хотя бы в одной практике есть показатели: что изменилось, в цифрах.")),
    "honest": Words(_l("Честный опыт"), _l("Опубликована практика, которая не сработала: чужие ошибки берегут время и деньги остальных.")),
    "proved_useful": Words(_l("Проверенная польза"), _l("Другой участник сделал по этой практике свою и назвал её донором.")),
    "answers_neighbours": Words(_l("Отвечает соседям"), _l("Двадцать комментариев, за каждый из которых кто-нибудь проголосовал.")),
}


@bp.app_template_global()
def badges_of(record: Record) -> list[Words]:
    """The words of the badges that a person has earned."""
    return [WORDS[name] for name in badges.earned(record)]


@bp.get("/badges")
@access(everyone, cache=True)
def rules() -> str:
    """What each badge is given for."""
    return render_template("community/badges.html", words=[WORDS[name] for name in badges.RULES])
