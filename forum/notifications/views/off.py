"""Where the link at the end of a letter leads: no letters of the kind any more (RFC 8058)."""

from dataclasses import dataclass

from flask import render_template, request
from flask_babel import gettext as _

from forum.accounts.models import Person
from forum.extensions import db
from forum.notifications import links, preferences
from forum.notifications.forms import ABOUT
from forum.notifications.kinds import KINDS, Way
from forum.notifications.views.blueprint import letters_bp
from forum.web.access import access, everyone

Answer = str | tuple[str, int]


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose letters, and of which kinds: those that come by mail now stand in `on`."""

    person_id: int
    kind: str
    on: dict[str, Way]

    @property
    def names(self) -> list[str]:
        """The kinds in words."""
        return [str(ABOUT[kind]) for kind in (self.on or self.kinds)]

    @property
    def kinds(self) -> list[str]:
        return [self.kind] if self.kind in KINDS else []


@letters_bp.get("/letters/off/<token>")
@access(everyone)
def off(token: str) -> Answer:
    """What will be turned off, and the button."""
    subject = _subject(token)
    return _page(subject), 200 if subject is not None else 410


# Mail programs press the button for their readers (RFC 8058): they have neither session nor token of a form. The link is signed.
@letters_bp.post("/letters/off/<token>")
@access(everyone, csrf="none")
def turn_off(token: str) -> Answer:
    """Turn the letters off at once; with `again`, as the page offers afterwards, on again as they were."""
    subject = _subject(token)
    if subject is None:
        return _page(None), 410
    if request.form.get("again"):
        for kind, way in _again(subject, request.form.getlist("again")).items():
            preferences.choose(db.session(), subject.person_id, kind, way)
        return _page(_subject(token), back=True)
    for kind in subject.on:
        preferences.choose(db.session(), subject.person_id, kind, Way.SITE)
    return _page(Subject(subject.person_id, subject.kind, {}), before=subject.on)


def _subject(token: str) -> Subject | None:
    read = links.read_off(token)
    if read is None or db.session.get(Person, read[0]) is None:
        return None
    ways = preferences.ways_of(db.session(), read[0])
    if read[1] == links.DIGEST:
        return Subject(*read, {kind: way for kind, way in ways.items() if way == Way.DIGEST})
    return Subject(*read, {read[1]: ways[read[1]]} if ways[read[1]].by_mail else {})


def _again(subject: Subject, wanted: list[str]) -> dict[str, Way]:
    """What may be turned on again by this link, of `kind:way` that the page sent."""
    pairs = (text.partition(":") for text in wanted)
    mine = ((kind, way) for kind, _colon, way in pairs if kind in ((subject.kind,) if subject.kinds else KINDS))
    return {kind: Way(way) for kind, way in mine if way in KINDS[kind].ways and Way(way).by_mail}


def _page(subject: Subject | None, before: dict[str, Way] | None = None, back: bool = False) -> str:
    title = _("Сводка") if subject is not None and subject.kind == links.DIGEST else _("Письма с сайта")
    return render_template("notifications/off.html", subject=subject, before=before or {}, back=back, title=title, about=ABOUT)
