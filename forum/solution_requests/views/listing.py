"""The list of requests with its filters, and those without an answer to take away."""

from dataclasses import replace
from typing import Any

from flask import Response, current_app, g, render_template, request, url_for
from flask_babel import gettext as _

from forum.extensions import db
from forum.practices.filters import slugs_in
from forum.practices.lists import tags_by_slug
from forum.practices.reference import Reference, reference
from forum.practices.views import labels as practice_labels
from forum.practices.views.listing import Choice, ask
from forum.solution_requests import exporting, labels, lists
from forum.solution_requests.lists import Chosen
from forum.solution_requests.views.blueprint import bp
from forum.solution_requests.views.drawing import lines
from forum.web.access import access, everyone, members
from forum.web.canonical import outside
from forum.web.paging import paginate

FORMATS = {"csv": (exporting.as_csv, "text/csv"), "json": (exporting.as_json, "application/json")}


class Wanted:
    """What the address of a list asks for, and the addresses that ask for something else; what is unknown is not asked."""

    def __init__(self) -> None:
        self.reference: Reference = ask(reference)
        self.tags = tags_by_slug(db.session(), slugs_in(request.args))
        show, sort = request.args.get("show", ""), request.args.get("sort", "")
        regions = tuple(code for code in dict.fromkeys(request.args.getlist("region")) if code in self.reference.regions)
        asked = dict.fromkeys(request.args.getlist("nomination"))
        nominations = tuple(int(value) for value in asked if value in self.reference.nominations)
        self.chosen = Chosen(
            show if show in lists.SHOWS else "",
            regions,
            nominations,
            tuple(tag.id for tag in self.tags.values()) if slugs_in(request.args) else None,
            sort if sort in lists.ORDERS else "new",
        )

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """What narrows, as it stands in the address."""
        chosen = self.chosen
        return [
            *(("region", code) for code in chosen.region),
            *(("nomination", str(id)) for id in chosen.nomination),
            *(("tag", slug) for slug in self.tags),
        ]

    def address(self, pairs: list[tuple[str, str]] | None = None, endpoint: str = ".index", **other: str) -> str:
        """The address of a list with these filters, `show` and `sort` kept unless others are given."""
        values: dict[str, Any] = {"show": self.chosen.show or None, "sort": self.chosen.sort if self.chosen.sort != "new" else None}
        for name, value in self.pairs if pairs is None else pairs:
            values.setdefault(name, []).append(value)
        return url_for(endpoint, **{**values, **{name: value or None for name, value in other.items()}})

    def tabs(self) -> list[dict[str, Any]]:
        return [{"text": str(text), "url": self.address(show=key), "active": key == self.chosen.show} for key, text in labels.SHOWS.items()]

    def sorts(self) -> list[Choice]:
        return [
            Choice(str(text), self.address(sort=key if key != "new" else ""), key == self.chosen.sort) for key, text in labels.SORTS.items()
        ]

    def _choice(self, name: str, value: str, text: str) -> Choice:
        pair, pairs = (name, value), self.pairs
        active = pair in pairs
        return Choice(text, self.address([p for p in pairs if p != pair] if active else [*pairs, pair]), active)

    def facets(self) -> list[tuple[str, list[Choice]]]:
        words = practice_labels.nominations(self.reference)
        return [(practice_labels.title("nomination"), [self._choice("nomination", value, text) for value, text in words.items()])]

    def regions(self) -> list[tuple[str, str]]:
        """Codes and names, for a field to choose from."""
        return list(practice_labels.regions(self.reference).items())

    def chips(self) -> list[Choice]:
        known = {"nomination": practice_labels.nominations(self.reference), "region": practice_labels.regions(self.reference)}
        names = {"tag": {slug: tag.name for slug, tag in self.tags.items()}, **known}
        return [self._choice(name, value, names[name].get(value, value)) for name, value in self.pairs]


@bp.get("/requests")
@access(everyone, cache=True)
def index() -> str:
    """What towns look for."""
    wanted = Wanted()
    page = paginate(db.session(), lists.rows(wanted.chosen), lists.ORDERS[wanted.chosen.sort], request.args.get("page"), lists.PAGE_SIZE)
    return render_template("requests/index.html", wanted=wanted, page=page, lines=lines(page.items, wanted.reference))


@bp.get("/requests/mine")
@access(members)
def mine() -> str:
    """The reader's own, also those that wait or are hidden."""
    return render_template("requests/mine.html", requests=db.session.scalars(lists.of_author(g.actor.id)).all())


@bp.get("/requests/unanswered.<any(csv,json):format>")
@access(everyone, cache=True)
def export(format: str) -> Response:
    """Those without an answer, with the filters of the list."""
    chosen = replace(Wanted().chosen, show="unanswered")
    query = lists.rows(chosen, lists.WHOLE).order_by(*(column.desc() for column in lists.ORDERS[chosen.sort])).limit(lists.EXPORTED)
    rows = db.session.scalars(query)
    found = [exporting.plain(row, lambda row: outside("requests.show", id=row.id, slug=row.slug)) for row in rows]
    write, kind = FORMATS[format]
    name = f"requests-unanswered.{format}"
    response = current_app.response_class(write(found), content_type=f"{kind}; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def heading(chosen: Chosen) -> str:
    """What the list is called."""
    return _("Запросы без ответа") if chosen.show == "unanswered" else _("Ищу решение")


bp.add_app_template_global(heading, "requests_heading")
