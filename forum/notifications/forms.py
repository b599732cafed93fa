"""The form of how one is told: a row for each kind, and the rhythm of the digest."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectChoice

from forum.notifications.kinds import KINDS, Rhythm, Way
from forum.web.forms import Form

WAYS = {
    Way.NOWHERE: _l("Никак"),
    Way.SITE: _l("На сайте"),
    Way.AT_ONCE: _l("Письмом"),
    Way.DIGEST: _l("В сводке"),
}
ABOUT = {
    "reply": _l("Ответы мне"),
    "comment": _l("Комментарии к моим практикам"),
    "mention": _l("Упоминания"),
    "followed_comment": _l("Новые комментарии там, где я слежу"),
    "followed_practice": _l("Новые практики, за которыми я слежу"),
    "adopted": _l("Мои практики внедряют"),
    "adoption": _l("Внедрения, которые я веду"),
    "adoption_reminder": _l("Напоминания записать, как идёт внедрение"),
    "followed_adoption": _l("Внедрения практик, за которыми я слежу"),
    "offer": _l("Решения, которые предлагают мне"),
    "request": _l("Мои запросы и мои предложения"),
    "request_match": _l("Ищут то, что у меня уже получилось: не чаще раза в неделю"),
    "followed_request": _l("Новые запросы, за которыми я слежу"),
    "search": _l("Сохранённые поиски"),
    "confirmation": _l("Раз в год: всё ли ещё верно в практиках, которые я веду"),
    "keeping": _l("Кто ведёт практики моего муниципалитета"),
    "chosen": _l("Моя практика – практика недели"),
    "moderation": _l("Решения модераторов обо мне"),
}
RHYTHMS = [SelectChoice(Rhythm.DAILY.value, _l("Каждый день")), SelectChoice(Rhythm.WEEKLY.value, _l("По понедельникам"))]


class SettingsForm(Form):
    """A choice for each kind, and the rhythm."""

    rhythm = RadioField(_l("Как часто присылать сводку"), choices=RHYTHMS, validate_choice=False)

    def ways(self) -> dict[str, Way]:
        """What is chosen, kind by kind."""
        return {name: Way(self[name].data) for name in KINDS}

    def validate(self, extra_validators: object = None) -> bool:
        """A choice that was never offered is refused where it stands."""
        chosen = super().validate(extra_validators)
        for field in (self[name] for name in (*KINDS, "rhythm")):
            if field.data not in {value for value, *_ in field.iter_choices()}:
                field.errors = [_l("Выберите один из вариантов.")]
                chosen = False
        return chosen


for _kind in KINDS.values():
    _choices = [SelectChoice(way.value, WAYS[way]) for way in _kind.ways]
    setattr(SettingsForm, _kind.name, RadioField(ABOUT[_kind.name], choices=_choices, validate_choice=False))
