"""Forms of a request: what is looked for, an offer, what helped, another day."""

from datetime import timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField

from forum.core.clock import now
from forum.places.forms import MunicipalityField
from forum.practices.forms.fields import AtMost, ChoiceField, PracticeField, TagsField, ToPublish
from forum.solution_requests.actions import MAX_TITLE
from forum.solution_requests.models import SolutionRequest
from forum.solution_requests.models.closing import TERM
from forum.web.forms import DayField, Form, LineField, TextField, WholeField

MAX_TEXT, MAX_WHY = 20_000, 2_000


class RequestForm(Form):
    """What is looked for, where, and what would not do."""

    title = LineField(_l("Что нужно решить"), [AtMost(MAX_TITLE), ToPublish()])
    problem = TextField(_l("В чём трудность"), [AtMost(MAX_TEXT), ToPublish()])
    municipality = MunicipalityField(_l("Муниципальное образование"), [ToPublish()])
    most_cost = WholeField(_l("Денег не больше"))
    needed_by = DayField(_l("Решить нужно к"))
    limits = TextField(_l("Что невозможно"), [AtMost(MAX_TEXT)])
    nomination = ChoiceField(_l("Номинация"), choices=[])
    tags = TagsField(_l("Темы"))
    until = DayField(_l("Ждать ответов до"))
    version = HiddenField()

    def card(self) -> dict[str, Any]:
        """What was typed, as `actions.ask` takes it."""
        names = ("title", "problem", "limits", "most_cost", "needed_by")
        return {name: self[name].data for name in names} | {
            "nomination_id": int(self.nomination.data) if self.nomination.data else None,
            "tags": self.tags.names,
            "until": self.until.data or now().date() + TERM,
        }

    def show_card(self, request: SolutionRequest) -> None:
        """Begin from what a request says."""
        for name in ("title", "problem", "limits", "most_cost", "needed_by", "until"):
            self[name].data = getattr(request, name)
        self.municipality.process_data(request.municipality)
        self.nomination.data = str(request.nomination_id or "")
        self.tags.data = ", ".join(tag.name for tag in request.tags)
        self.version.data = str(request.version)


class OfferForm(Form):
    """A practice, and why it would help."""

    practice = PracticeField(_l("Практика"))
    words = TextField(_l("Почему она подойдёт"), [AtMost(MAX_WHY)])


class ClosingForm(Form):
    """What helped."""

    practice = ChoiceField(_l("Какая практика помогла"), choices=[])
    words = TextField(_l("Что помогло"), [AtMost(MAX_TEXT)])


class TermForm(Form):
    """Until when answers are awaited."""

    until = DayField(_l("Ждать ответов до"))

    @classmethod
    def ahead(cls) -> "TermForm":
        """The form with the usual term from today."""
        return cls(formdata=None, until=now().date() + timedelta(days=TERM.days))
