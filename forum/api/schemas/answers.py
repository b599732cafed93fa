"""What the API answers."""

from marshmallow import fields

from forum.api.schemas.base import Answer, all_of, page_of
from forum.api.schemas.card import CardShape, CostsShape, SectionsShape
from forum.api.schemas.fields import Moment
from forum.attachments.models import DocumentKind, Licence
from forum.entries.models import State
from forum.practices.costs import STEPS


class Problem(Answer):
    """Problem details (RFC 9457)."""

    type = fields.String(required=True)
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    detail = fields.String()
    code = fields.String(metadata={"description": "Name of the rule that refuses"})
    field = fields.String(allow_none=True)
    errors = fields.Dict(keys=fields.String(), values=fields.List(fields.String()), metadata={"description": "Reasons by field"})


class PersonShape(Answer):
    """Who wrote something; both are null where they asked not to be named."""

    name = fields.String(required=True, allow_none=True)
    handle = fields.String(required=True, allow_none=True)


class RegionName(Answer):
    code = fields.String(required=True)
    name = fields.String(required=True)


class RegionShape(RegionName):
    name_en = fields.String(required=True)
    district = fields.String(required=True)
    capital = fields.String(required=True)


class NominationShape(Answer):
    id = fields.Integer(required=True)
    season = fields.Integer(required=True)
    title = fields.String(required=True)
    title_en = fields.String(required=True)
    short = fields.String(required=True)
    short_en = fields.String(required=True)


class ObstacleShape(Answer):
    code = fields.String(required=True)
    name = fields.String(required=True)
    name_en = fields.String(required=True)
    retired = fields.Boolean(required=True)


class PlaceShape(Answer):
    id = fields.Integer(required=True)
    name = fields.String(required=True)
    oktmo = fields.String(allow_none=True)
    type = fields.String(allow_none=True)
    category = fields.Integer(allow_none=True)
    population = fields.Integer(allow_none=True)
    verified = fields.Boolean()
    region = fields.Nested(RegionName)


class _Computed(Answer):
    id = fields.Integer(required=True)
    url = fields.String(required=True, metadata={"description": "Path of the page on this site"})
    total = fields.Integer(allow_none=True, metadata={"description": "Roubles from all sources"})
    per_resident = fields.Float(allow_none=True, metadata={"description": "Roubles of the total per resident"})
    published_at = Moment(allow_none=True)
    confirmed_on = fields.Date(allow_none=True, metadata={"description": "When its keeper last said that it was still true"})
    stale = fields.Boolean(metadata={"description": "Asked twice, nobody has said for more than a year that it is still true"})
    score = fields.Integer()
    comments_count = fields.Integer()
    adoptions = fields.Integer(metadata={"description": "Towns that have adopted it, with a result that was confirmed"})
    open_adoptions = fields.Integer(metadata={"description": "Towns that are at it"})


class CostsTold(Answer):
    """What it cost in December prices of the year `price_level`, so that towns and years can be compared (see /costs)."""

    price_level = fields.Integer(required=True)
    per_resident = fields.Float(allow_none=True, metadata={"description": "Roubles"})
    per_beneficiary = fields.Float(allow_none=True, metadata={"description": "Roubles"})
    extra_share = fields.Float(allow_none=True, metadata={"description": "Per cent from outside the budgets"})
    upkeep_per_resident = fields.Float(allow_none=True, metadata={"description": "Roubles a year"})


class CostPlace(Answer):
    """Where a figure lies among `count` similar practices: of how many it is more and less, and what is usual with them."""

    circle = fields.String(required=True, metadata={"enum": list(STEPS), "description": "Who is compared, from the closest on"})
    count = fields.Integer(required=True)
    more_than = fields.Integer(required=True)
    less_than = fields.Integer(required=True)
    least = fields.Float(required=True)
    lower_quartile = fields.Float(required=True)
    median = fields.Float(required=True)
    upper_quartile = fields.Float(required=True)
    most = fields.Float(required=True)


class CostsPlaced(CostsTold):
    """The same with the places; a figure is missing from `places` where too few similar practices know it."""

    places = fields.Dict(keys=fields.String(), values=fields.Nested(CostPlace), required=True)


class PracticeItem(_Computed):
    """A practice in a list."""

    external_id = fields.String(allow_none=True)
    title = fields.String()
    summary = fields.String()
    municipality = fields.String(allow_none=True)
    region = fields.String(allow_none=True)
    nomination = fields.Integer(allow_none=True)
    status = fields.String()
    started = fields.String(allow_none=True)
    finished = fields.String(allow_none=True)
    costs = fields.Nested(CostsShape)
    comparable_cost = fields.Nested(CostsTold, allow_none=True)


class DocumentShape(Answer):
    name = fields.String(required=True)
    kind = fields.String(metadata={"enum": list(DocumentKind)})
    valid_until = fields.String(allow_none=True, metadata={"format": "date"})
    licence = fields.String(allow_none=True, metadata={"enum": list(Licence), "description": "What others may do with it"})
    media_type = fields.String()
    size = fields.Integer(metadata={"description": "Bytes"})
    url = fields.String(required=True, metadata={"description": "Path of the file on this site"})


class PracticeShape(_Computed, CardShape):
    """The whole card: what can be sent, and what follows from it. `contact` only for those with a token."""

    state = fields.String(metadata={"enum": list(State)})
    version = fields.Integer()
    author = fields.Nested(PersonShape)
    place = fields.Nested(PlaceShape, allow_none=True, metadata={"description": "The municipality"})
    donor_id = fields.Integer(allow_none=True)
    comparable_cost = fields.Nested(CostsPlaced, allow_none=True)
    documents = fields.List(fields.Nested(DocumentShape))
    package = fields.String(allow_none=True, metadata={"description": "Path of all documents as one ZIP"})
    shares = fields.Dict(keys=fields.String(), values=fields.Float(), metadata={"description": "Per cent of the total by source"})
    html = fields.Nested(SectionsShape, metadata={"description": "The sections as safe HTML"})
    created_at = Moment()
    edited_at = Moment(allow_none=True)
    ups = fields.Integer()
    downs = fields.Integer()


class CommentShape(Answer):
    id = fields.Integer(required=True)
    url = fields.String(required=True)
    on = fields.Integer(metadata={"description": "Id of the entry it is about"})
    parent = fields.Integer(allow_none=True)
    thread = fields.Integer(allow_none=True, metadata={"description": "Id of the first comment of its thread"})
    state = fields.String(metadata={"enum": list(State)})
    author = fields.Nested(PersonShape)
    body = fields.String(metadata={"description": "Markdown"})
    html = fields.String()
    score = fields.Integer()
    created_at = Moment()
    published_at = Moment(allow_none=True)
    edited_at = Moment(allow_none=True)


class VoteShape(Answer):
    score = fields.Integer(required=True)
    value = fields.Integer(required=True)
    ups = fields.Integer()
    downs = fields.Integer()


class FoundDocument(Answer):
    name = fields.String(required=True)
    url = fields.String(required=True)
    highlight = fields.String(required=True)


class FoundItem(Answer):
    """`highlight`: passages as HTML, escaped, with the words that answer in <mark>. `score`: how well it fits; `votes`: of people.

    A comment has the title of the practice it is `on`; a person has their name as title, their position as `summary`, and a `handle`.
    """

    id = fields.Integer(required=True, metadata={"description": "Of the entry or the person, as `kind` says"})
    external_id = fields.String(required=True, allow_none=True)
    kind = fields.String(required=True, metadata={"enum": ["practice", "comment", "adoption", "request", "person"]})
    title = fields.String(required=True)
    url = fields.String(required=True)
    score = fields.Float(required=True)
    highlight = fields.String(required=True)
    documents = fields.List(
        fields.Nested(FoundDocument), metadata={"description": "Documents with words of the question that the practice has not"}
    )
    summary = fields.String()
    votes = fields.Integer()
    comments_count = fields.Integer()
    published_at = Moment()
    author = fields.String()
    handle = fields.String(allow_none=True, metadata={"description": "The author's, or the person's"})
    on = fields.Integer(allow_none=True, metadata={"description": "Id of the practice a comment is about"})
    municipality = fields.String(allow_none=True)
    place = fields.Nested(PlaceShape, allow_none=True, metadata={"description": "The municipality"})
    region = fields.String(allow_none=True)
    nomination = fields.Integer(allow_none=True)
    status = fields.String(allow_none=True)
    year = fields.Integer(allow_none=True)
    per_resident = fields.Float(allow_none=True, metadata={"description": "Roubles of the total per resident"})
    stale = fields.Boolean(metadata={"description": "Nobody has said for more than a year that the practice is still true"})


class SearchAnswer(Answer):
    """`facets`: how many each value of a filter would give with the other filters kept."""

    total = fields.Integer(required=True)
    took_ms = fields.Float(required=True)
    suggestion = fields.String(required=True, allow_none=True)
    items = fields.List(fields.Nested(FoundItem), required=True)
    facets = fields.Dict(keys=fields.String(), values=fields.Dict(keys=fields.String(), values=fields.Integer()), required=True)


PracticesPage = page_of(PracticeItem, "PracticesPage")
CommentsPage = page_of(CommentShape, "CommentsPage")
Regions = Answer.from_dict(all_of(RegionShape), name="Regions")
Nominations = Answer.from_dict(all_of(NominationShape), name="Nominations")
Obstacles = Answer.from_dict(all_of(ObstacleShape), name="Obstacles")
