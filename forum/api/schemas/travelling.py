"""What the API answers of adoptions, and of requests for a solution."""

from marshmallow import fields

from forum.adoptions.models import Stage
from forum.api.schemas.base import Answer, page_of
from forum.api.schemas.card import CostsShape, IndicatorShape
from forum.api.schemas.fields import Moment
from forum.solution_requests.models import Outcome


class AdoptionShape(Answer):
    """What a town made of a practice. `indicators`, `obstacle` and the texts (Markdown) may be empty."""

    id = fields.Integer(required=True)
    url = fields.String(required=True)
    practice = fields.Integer(metadata={"description": "Id of the practice"})
    municipality = fields.String()
    region = fields.String()
    stage = fields.String(metadata={"enum": list(Stage)})
    confirmed = fields.Boolean(metadata={"description": "Whether the practice's author or a moderator has confirmed the result"})
    opened_on = fields.Date()
    closed_on = fields.Date(allow_none=True)
    costs = fields.Nested(CostsShape)
    upkeep = fields.Integer(allow_none=True)
    per_resident = fields.Float(allow_none=True, metadata={"description": "Roubles of all costs per resident"})
    indicators = fields.List(fields.Nested(IndicatorShape))
    obstacle = fields.String(allow_none=True, metadata={"description": "Why the town refused: a code of the list of obstacles"})
    outcome = fields.String()
    changed = fields.String()
    obstacles_met = fields.String()
    advice = fields.String()
    refusal = fields.String()
    would_help = fields.String()
    published_at = Moment(allow_none=True)


class RequestItem(Answer):
    """What a town looks for; the texts are Markdown. `offers_count`: practices offered that everybody can read."""

    id = fields.Integer(required=True)
    url = fields.String(required=True)
    title = fields.String(required=True)
    problem = fields.String()
    limits = fields.String(metadata={"description": "What is not possible"})
    closing = fields.String(metadata={"description": "What helped, in its author's words"})
    most_cost = fields.Integer(allow_none=True, metadata={"description": "Roubles at most"})
    needed_by = fields.Date(allow_none=True)
    until = fields.Date(metadata={"description": "Answers are awaited up to this day"})
    closed_on = fields.Date(allow_none=True)
    municipality = fields.String()
    region = fields.String()
    nomination = fields.Integer(allow_none=True)
    outcome = fields.String(metadata={"enum": list(Outcome)})
    solution = fields.Integer(allow_none=True, metadata={"description": "Id of the practice that helped"})
    offers_count = fields.Integer()
    wanted = fields.Integer(allow_none=True, metadata={"description": "How many said that they need it too"})
    published_at = Moment(allow_none=True)


class OfferShape(Answer):
    """A practice that was offered; `comment` is the id of the comment that says why."""

    practice = fields.Integer(required=True)
    comment = fields.Integer(required=True)
    helped = fields.Boolean()
    at = Moment()


class RequestShape(RequestItem):
    tags = fields.List(fields.String())
    offers = fields.List(fields.Nested(OfferShape))


RequestsPage = page_of(RequestItem, "RequestsPage")
AdoptionsPage = page_of(AdoptionShape, "AdoptionsPage")
