"""Parameters of addresses."""

from flask_babel import lazy_gettext as _l
from marshmallow import EXCLUDE, Schema

from forum.api.schemas.fields import Text, Whole, between, one_of, several
from forum.places.bands import COSTS, POPULATIONS
from forum.places.likeness import LIKE
from forum.practices.filters import ADOPTED, CATEGORIES, CONFIRMED
from forum.practices.filters import SORTS as LIST_SORTS
from forum.practices.models import Status
from forum.search.port import SORTS as SEARCH_SORTS
from forum.solution_requests.lists import ORDERS, SHOWS

MOST = 100
_CODE = r"[a-z0-9-]{1,40}"
DISTRICTS = ("central", "northwest", "south", "northcaucasus", "volga", "ural", "siberia", "fareast")
_YEAR, _REGION, _NUMBER, _SLUG = r"(?:19|20)[0-9]{2}", r"[0-9]{2}", r"[0-9]{1,6}", r"[a-z0-9-]{1,80}"


class Near(Whole):
    """A municipality that what is found must be like."""

    def __init__(self) -> None:
        words = f"Id of a municipality: only practices of those like it, {LIKE} of 100 or more (see /likeness). `sort=near` needs it."
        super().__init__(load_default=None, validate=between(1, 2**31 - 1), metadata={"description": words})


class _Question(Schema):
    class Meta:
        unknown = EXCLUDE

    limit = Whole(load_default=20, validate=between(1, MOST))


class PracticesQuestion(_Question):
    """Filters of the list: values of one are alternatives, different ones all hold."""

    region = several(pattern=_REGION)
    nomination = several(pattern=_NUMBER)
    status = several(*Status)
    year = several(pattern=_YEAR)
    tag = several(pattern=_SLUG)
    district = several(*DISTRICTS)
    population = several(*POPULATIONS)
    category = several(*CATEGORIES)
    adopted = several(*ADOPTED)
    near = Near()
    confirmed = several(*CONFIRMED)
    sort = Text(load_default=LIST_SORTS[0], validate=one_of(*LIST_SORTS))
    cursor = Text(metadata={"description": "`next` of the page before"})


class RequestsQuestion(_Question):
    """Filters of the requests: `unanswered` are those to which nothing was offered."""

    show = Text(load_default="", validate=one_of(*SHOWS))
    region = several(pattern=_REGION)
    nomination = several(pattern=_NUMBER)
    tag = several(pattern=_SLUG)
    sort = Text(load_default="new", validate=one_of(*ORDERS))
    cursor = Text(metadata={"description": "`next` of the page before"})


class CommentsQuestion(_Question):
    """Which page of a discussion."""

    cursor = Text(metadata={"description": "`next` of the page before"})


class SearchQuestion(_Question):
    """The box and its filters: values of one are alternatives, different ones all hold. A question may also hold «phrases», -exclusions
    and filters in words (регион:Калужская год:2023)."""

    q = Text(load_default="")
    kind = several("practice", "comment", "adoption", "request", "person")
    region = several(pattern=_REGION)
    district = several(*DISTRICTS)
    nomination = several(pattern=_NUMBER)
    status = several(*Status)
    year = several(pattern=_YEAR)
    tag = several(pattern=_SLUG)
    category = several(*CATEGORIES)
    cost = several(*COSTS)
    population = several(*POPULATIONS)
    adopted = several(*ADOPTED)
    obstacle = several(pattern=_CODE)
    near = Near()
    sort = Text(load_default=SEARCH_SORTS[0], validate=one_of(*SEARCH_SORTS))
    page = Whole(load_default=1, validate=between(1, 50))


class _Sent(Schema):
    error_messages = {"unknown": _l("Такого поля нет."), "type": _l("Нужен объект с именованными полями.")}


class Remark(_Sent):
    """A new comment. `parent`: id of the comment it answers."""

    body = Text(required=True, metadata={"description": "Markdown"})
    parent = Whole(strict=True, allow_none=True, load_default=None, validate=between(1, 2**53))


class Ballot(_Sent):
    """A vote: for, against, or taken back."""

    value = Whole(strict=True, required=True, validate=one_of(1, 0, -1))
