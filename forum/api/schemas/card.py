"""The practice card as programs send it: the shape of an import file. Described here, read by `practices.importing`."""

from marshmallow import Schema, fields, validate

from forum.core.text import MAX_INPUT
from forum.practices.models import Practice, Resource, Status

_MONTH = validate.Regexp("^[0-9]{4}-[0-9]{2}$")


def line(limit: int, **more: object) -> fields.String:
    """A text of at most so many characters, or nothing."""
    return fields.String(allow_none=True, validate=validate.Length(max=limit), **more)  # type: ignore[arg-type]


def _month() -> fields.String:
    return fields.String(allow_none=True, validate=_MONTH, metadata={"example": "2023-11"})


def _sum(**more: object) -> fields.Integer:
    return fields.Integer(strict=True, allow_none=True, validate=validate.Range(0, 10**15), **more)  # type: ignore[arg-type]


class StepShape(Schema):
    what = fields.String(required=True, validate=validate.Length(max=500))
    when = line(80)
    who = line(200)


class ResourceShape(Schema):
    kind = fields.String(required=True, validate=validate.OneOf(Resource.KINDS))
    what = fields.String(required=True, validate=validate.Length(max=500))


class IndicatorShape(Schema):
    name = fields.String(required=True, validate=validate.Length(max=200))
    unit = line(60)
    before = fields.Float(allow_none=True)
    after = fields.Float(allow_none=True)
    on = _month()
    source = line(200)


CostsShape = Schema.from_dict({source: _sum() for source in Practice.COSTS}, name="Costs")
SectionsShape = Schema.from_dict(
    {name: line(MAX_INPUT, metadata={"description": "Markdown"}) for name in Practice.MARKDOWN}, name="Sections"
)


class CardShape(SectionsShape):  # type: ignore[misc, valid-type]
    """All that may be said of a practice. Roubles are whole."""

    external_id = line(100)
    title = line(250)
    summary = line(600)
    municipality = line(160, metadata={"description": "Name; an unknown one in a known region is added"})
    region = fields.String(allow_none=True, validate=validate.Regexp("^[0-9]{2}$"), metadata={"example": "40"})
    nomination = fields.Integer(strict=True, allow_none=True)
    status = fields.String(allow_none=True, validate=validate.OneOf(list(Status)))
    tags = fields.List(line(40), allow_none=True, validate=validate.Length(max=20))
    started = _month()
    finished = _month()
    costs = fields.Nested(CostsShape, allow_none=True)
    upkeep = _sum()
    beneficiaries = _sum()
    participants = _sum()
    steps = fields.List(fields.Nested(StepShape), allow_none=True)
    resources = fields.List(fields.Nested(ResourceShape), allow_none=True)
    indicators = fields.List(fields.Nested(IndicatorShape), allow_none=True)
    donor = line(100, metadata={"description": "external_id of the practice this one was adapted from"})
    valid_on = fields.Date(allow_none=True)
    obstacles = fields.List(line(40), allow_none=True, metadata={"description": "Codes of what stood in the way of one that did not work"})
    anonymous = fields.Boolean(allow_none=True, metadata={"description": "The author is named nowhere; for practices that did not work"})
    contact = line(2000, metadata={"description": "Shown to those with a token only"})


class NewCard(CardShape):
    """A new practice: a draft unless `publish`."""

    title = fields.String(required=True, validate=validate.Length(min=1, max=250))
    publish = fields.Boolean(load_default=False)


class CardChange(CardShape):
    """Fields to change; the others stay. `version`: refuse where somebody else has changed the practice since.

    `reason`: a moderator who changes somebody else's practice may say why, and its author reads it.
    """

    publish = fields.Boolean(load_default=False)
    version = fields.Integer(strict=True)
    reason = fields.String()
