"""The editor's page: the form bound to what was typed, kept or stored, with its files and its choices."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from flask import g, render_template, request
from flask_babel import gettext as _
from sqlalchemy import Row
from werkzeug.utils import cached_property
from wtforms import SelectChoice

from forum.accounts.queries import called
from forum.attachments import queries as attachments
from forum.attachments.actions import MAX_FILES
from forum.attachments.forms import rows_of
from forum.attachments.labels import TEXT_STATES
from forum.attachments.models import Attachment
from forum.core.clock import now
from forum.core.errors import Refused
from forum.core.text import render
from forum.entries.models import Seen, WorkingCopy
from forum.extensions import db
from forum.places import queries as places
from forum.places.choice import find_or_add
from forum.places.forms import listed
from forum.places.models import Municipality, Region
from forum.practices import queries, saving
from forum.practices.forms import PracticeForm, Raw, rearrange
from forum.practices.forms.carrying import raw_of
from forum.practices.forms.raw import packed
from forum.practices.models import Practice
from forum.practices.policy import withholds_contact
from forum.practices.readiness import QUESTIONS, readiness
from forum.practices.views.similar import near_title
from forum.taxonomy.models import nominations, obstacles
from forum.web import language, refusals
from forum.web.language import named

OFFERED = 250
_TAB = re.compile(r"[\w-]{1,40}", re.ASCII)


def nearby() -> list[str]:
    """Municipalities of the writer's own region, which most people write about; all of them where that is not known."""
    if g.actor.region_code is None:
        return listed()
    own = Municipality.region_code == g.actor.region_code
    labels: Sequence[Row[str, str]] = db.session.execute(places.labels(language.select()).where(own).limit(OFFERED)).all()
    return [f"{name}, {region}" for name, region in labels]


def nomination_choices() -> list[SelectChoice]:
    """Numbers and titles, in the language of the page."""
    return [SelectChoice(str(row.id), named(row, "title")) for row in db.session.scalars(nominations())]


def obstacle_choices(before: Sequence[str]) -> list[SelectChoice]:
    """Codes and names of what can stand in the way; of those retired what has been chosen before."""
    rows = db.session.scalars(obstacles(retired=True))
    return [SelectChoice(row.code, named(row)) for row in rows if not row.retired or row.code in before]


def _donor_exists(number: int, before: int | None) -> bool:
    return number == before or db.session.scalar(queries.listed_number(number)) is not None


def card_fields(practice: Practice) -> dict[str, Any]:
    """A stored practice as data for the form."""
    card = practice.snapshot()
    rows = {name: card[name] or [{}] for name in Practice.ROWS}
    return {
        **card,
        **rows,
        "municipality": practice.municipality,
        "nomination": practice.nomination_id,
        "anonymous": "1" if practice.anonymous else "0",
        "donor": practice.donor_id or "",
        "valid_on": practice.valid_on,
        "tags": ", ".join(card["tags"]),
        "version": practice.version,
    }


def new_fields() -> dict[str, Any]:
    """An empty form: the writer's own municipality, and one empty row of each kind."""
    place = g.person.municipality
    region = db.session.get(Region, place.region_code) if place else None
    return {"municipality": f"{named(place)}, {named(region)}" if place else "", "anonymous": "0", **{name: [{}] for name in Practice.ROWS}}


def seen_here() -> Seen | None:
    """What the page that was sent knows of the working copy; None where it does not say, as programs don't."""
    if "tab" not in request.form and "copy" not in request.form:
        return None
    tab = request.form.get("tab", "")
    return Seen(tab if _TAB.fullmatch(tab) else "", request.form.get("copy", ""))


class Editor:
    """One form about one practice (None while it is only typed), from raw fields or from what is stored."""

    def __init__(self, practice: Practice | None, raw: Raw | None = None) -> None:
        self.practice = practice
        self.raw = raw
        self.row_list = rearrange(raw) if raw is not None else None
        before = practice.donor_id if practice else None
        self.contact_withheld = practice is not None and withholds_contact(g.actor, practice)
        data = None if raw is not None else card_fields(practice) if practice else new_fields()
        if data is not None and self.contact_withheld:
            data["contact"] = ""
        self.form = PracticeForm(
            raw, own_id=practice.id if practice else None, donors=lambda number: _donor_exists(number, before), data=data
        )
        self.form.nomination.choices = nomination_choices()
        self.form.obstacles.choices = obstacle_choices(practice.obstacles if practice else ())
        self.form.municipality.options = nearby()
        self.changes = self.form.file_changes()
        self.faults: list[str] = []  # what is wrong with the files that came

    @cached_property
    def files(self) -> Sequence[Attachment]:
        """The files that are there; ask after uploading."""
        return db.session.scalars(attachments.of_entry(self.practice.id)).all() if self.practice else []

    @property
    def version(self) -> int | None:
        """Which version the words were written over; None where a program does not say."""
        text = str(self.form.version.data or "")
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None

    def check(self, *, public: bool) -> bool:
        """Whether the form can be taken; `public`: others will see it, so that all it needs must be there."""
        self.form.validate()
        self.show_files()
        return (self._complete() if public else True) and not self.form.errors and not self.faults

    def check_stored(self) -> bool:
        """Whether what is stored, or kept as a working copy, could be published as it is."""
        self.show_files()
        return self._complete()

    def _complete(self) -> bool:
        self.form.require_complete()
        self._require_descriptions()
        return not self.form.errors

    def show_files(self) -> None:
        """Rows for the files as they are now, with what was typed about them."""
        self.form.show_files(rows_of(self.files, self.changes))

    def _require_descriptions(self) -> None:
        photos = {str(file.id) for file in self.files if file.is_photo}
        rows = [entry.form for entry in self.form.attachments.entries]
        for row in rows:
            if str(row.id.data) in photos and not row.alt.data and not row.remove.data:
                row.alt.errors = [refusals.words(Refused("file.alt_missing"))]
        if any(row.errors for row in rows):
            self.form.attachments.errors = [row.errors for row in rows]

    def card(self) -> dict[str, Any]:
        """What was typed, once it has been checked; a municipality nobody knew yet is added to the reference data."""
        card = self.form.card()
        if self.practice is not None and self.contact_withheld:
            card["contact"] = self.practice.contact
        if not card["municipality_id"] and self.form.municipality.unknown:
            place = find_or_add(db.session(), *self.form.municipality.unknown)
            card["municipality_id"] = place.id if place else None
        return card

    def keep(self) -> None:
        """Keep what was typed as the writer's working copy."""
        if self.practice is not None and self.raw is not None:
            fields = packed(self.raw) | {"version": [str(self.form.version.data or "")]}
            saving.keep_copy(db.session(), self.practice, g.actor, fields, now(), seen_here())

    def page(self, status: int = 200, template: str = "form", **more: Any) -> tuple[str, int]:
        """The form as it stands."""
        if self.faults:
            self.form.files.errors = self.faults
        elif not self.form.errors:
            self.show_files()
        if self.row_list and self.form[self.row_list].entries:
            first = next(iter(self.form[self.row_list].entries[-1].form))
            first.render_kw = {"autofocus": True}
        context: Mapping[str, Any] = {
            "form": self.form,
            "practice": self.practice,
            "contact_withheld": self.contact_withheld,
            "files": {str(file.id): file for file in self.files},
            "max_files": MAX_FILES,
            "text_states": TEXT_STATES,
            "previews": self._previews(),
            "stamp": self._stamp(),
            "questions": QUESTIONS,
            "readiness": readiness(dict((self.raw or raw_of(self.form)).lists())),
            "duplicates": near_title(self.form.title.data, self.practice.id if self.practice else None),
            **more,
        }
        return render_template(f"practices/{template}.html", **context), status

    def _stamp(self) -> str:
        copy = db.session.get(WorkingCopy, (g.actor.id, self.practice.id)) if self.practice else None
        return copy.stamp if copy else ""

    def _previews(self) -> dict[str, str]:
        """The section whose preview was asked for, without JavaScript."""
        name = request.form.get("preview", "")
        if name not in Practice.MARKDOWN:
            return {}
        try:
            return {name: render(self.form[name].data or "", called(db.session()))}
        except Refused as refusal:
            return {name: _("Показать не получилось: %(reason)s", reason=refusals.words(refusal))}
