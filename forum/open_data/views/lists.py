"""Any list with its filters as a file: the address of the list, its query kept, with an ending."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice
from typing import Any, NoReturn

from flask import Response, abort, current_app, request
from sqlalchemy import select
from sqlalchemy.orm import Bundle
from werkzeug.wrappers import Response as Redirect

from forum.adoptions import lists as adoptions_lists
from forum.adoptions.lists import A
from forum.adoptions.views.lists import SHOWN
from forum.core.actor import GUEST
from forum.core.clock import now
from forum.demand import queries as demand
from forum.demand.models import Unmet
from forum.extensions import db
from forum.failures import asking as failures_asking
from forum.failures import lists as failures_lists
from forum.open_data.adoptions import ADOPTIONS
from forum.open_data.datasets import Dataset, Row
from forum.open_data.failures import FAILURES
from forum.open_data.missing import MISSING
from forum.open_data.practices import PRACTICES
from forum.open_data.requests import REQUESTS
from forum.open_data.views.blueprint import bp
from forum.open_data.views.sending import known, sent, without_town
from forum.places import reader
from forum.practices import lists, near
from forum.practices.lists import P
from forum.practices.views.listing import Listing, weights
from forum.search import page as search_page
from forum.search.found import Items, find
from forum.search.port import Unavailable
from forum.solution_requests import lists as requests_lists
from forum.solution_requests.lists import R
from forum.solution_requests.views.listing import Wanted
from forum.web import paging
from forum.web.access import access, everyone

LIMIT = 5_000  # rows of one file; who wants more takes the dump
SHEET = 2_000  # the same of a workbook, which takes three times as long to write
FOUND = 1_000  # of what a search finds
BATCH = 250
FORM = "any(csv,xlsx,json):form"
_KEYS: Any = Bundle("keys", P.id, P.listed_at, P.list_score, P.list_comments, P.list_adoptions)


class Selection(Listing):
    """What a list of practices shows, as their ids in its order."""

    def load(self) -> None:
        self._narrowed = lists.narrowed(self.whole, self.reference, self.tags)
        self.total = self._narrowed.count(db.session())
        self._sort = self.whole.sort

    def without_town(self) -> NoReturn:
        without_town()

    def ids(self) -> Iterator[int]:
        """All of them."""
        self.load()
        return (row.id for row in _all(self._page))

    def _page(self, cursor: str | None) -> paging.Page[Any]:
        session, narrowed = db.session(), self._narrowed
        if self.near is not None and self._sort == "near":
            return near.page(session, narrowed, self.total, self.near.town, weights, cursor, BATCH, (P.id, P.listed_at))
        rows = narrowed.rows(self.total).with_only_columns(_KEYS, maintain_column_froms=True)
        return paging.paginate(session, rows, lists.ORDERS[self._sort], cursor, BATCH)


@bp.get(f"/practices.<{FORM}>")
@access(everyone)
def practices(form: str) -> Response:
    """The practices of a list: its filters, and `municipality` by number."""
    return known() or _sent(PRACTICES, form, Selection(**_place()).ids(), LIMIT)


def _place() -> dict[str, int]:
    said = request.args.get("municipality", "")
    return {"municipality": int(said)} if _is_number(said) else {}


def _is_number(said: str) -> bool:
    return said.isascii() and said.isdecimal() and len(said) < 10


@bp.get(f"/adoptions.<{FORM}>")
@access(everyone)
def adoptions(form: str) -> Response:
    """Adoptions, of a `practice`, a `region`, a `municipality`; `show` as on the practice's page."""
    return known() or _sent(ADOPTIONS, form, _adoption_ids(), LIMIT)


def _adoption_ids() -> Iterator[int]:
    query: Any = select(Bundle("keys", A.id, A.listed_at)).where(A.listed_at.is_not(None))
    for name, column in (("practice", A.practice_id), ("municipality", A.municipality_id)):
        if _is_number(said := request.args.get(name, "")):
            query = query.where(column == int(said))
    if region := request.args.get("region", "")[:2]:
        query = query.where(A.region == region.replace("\0", ""))
    if (shown := request.args.get("show", "")) in SHOWN:
        query = query.where(SHOWN[shown])
    return _ids(query, adoptions_lists.ORDER)


def _ids(query: Any, order: Sequence[Any]) -> Iterator[int]:
    """Those of a list."""
    return (row.id for row in _all(lambda cursor: paging.paginate(db.session(), query, order, cursor, BATCH)))


def _all(page_at: Callable[[str | None], paging.Page[Any]]) -> Iterator[Any]:
    """The items of a list, page by page."""
    cursor = None
    while True:
        page = page_at(cursor)
        yield from page.items
        if page.next is None:
            return
        cursor = page.next


@bp.get(f"/requests.<{FORM}>")
@access(everyone)
def requests(form: str) -> Response:
    """The requests of a list, with its filters."""
    chosen = Wanted().chosen
    query = requests_lists.rows(chosen, Bundle("keys", R.id, R.listed_at, R.list_wanted))
    return known() or _sent(REQUESTS, form, _ids(query, requests_lists.ORDERS[chosen.sort]), LIMIT)


@bp.get(f"/failures.<{FORM}>")
@access(everyone)
def failures(form: str) -> Response:
    """What did not work, with the filters of the list."""
    asked = failures_asking.asked(without_town)
    page_at = partial(failures_lists.page, db.session(), asked.wish, asked.ids, size=BATCH)
    return known() or _sent(FAILURES, form, ((item.what, item.id) for item in _all(page_at)), LIMIT)


# Made anew each time: counting a question makes nothing else stale.
@bp.get(f"/demand.<{FORM}>")
@access(everyone)
def missing(form: str) -> Response:
    """What is looked for and not found, the most wanted first."""
    query: Any = demand.wanted(now().date()).with_only_columns(Bundle("keys", Unmet.times, Unmet.id))
    return _sent(MISSING, form, _ids(query, (Unmet.times, Unmet.id)), LIMIT)


@bp.get(f"/search.<{FORM}>")
@access(everyone)
def found(form: str) -> Response | Redirect:
    """The practices that a search finds, the best first; with the filters of the results page."""
    wanted = search_page.wish(request.args)
    if wanted.wants_town:
        town = (reader.meant(wanted.near) if wanted.near else None) or reader.town()
        wanted = replace(wanted, town=town or without_town())
    query = replace(wanted.query, kinds=("practice",), limit=FOUND + 1, offset=0)
    kept = current_app.extensions
    try:
        hits = find(db.session(), GUEST, kept["search"], query, kept["synonyms"], lambda *_: Items()).results.hits
    except Unavailable:
        abort(503)
    return _sent(PRACTICES, form, iter([hit.id for hit in hits]), FOUND)


def _sent(dataset: Dataset, form: str, ids: Iterator[Any], limit: int) -> Response:
    limit = min(limit, SHEET) if form == "xlsx" else limit
    chosen = list(islice(ids, limit + 1))
    return sent(dataset, form, _batches(dataset, chosen[:limit]), len(chosen) > limit, limit)


def _batches(dataset: Dataset, ids: Sequence[Any]) -> Iterator[list[Row]]:
    for start in range(0, len(ids), BATCH):
        yield dataset.rows(db.session(), ids[start : start + BATCH])
