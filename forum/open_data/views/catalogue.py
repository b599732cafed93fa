"""The page about the data, its description for machines, and the dumps."""

from collections.abc import Iterator

from flask import Response, abort, current_app, jsonify, render_template, request

from forum.core.files import FileStore
from forum.extensions import db
from forum.open_data import dump
from forum.open_data.datasets import Dataset, Row
from forum.open_data.everything import DATASETS, LISTED
from forum.open_data.models import Dump
from forum.open_data.rows import moment
from forum.open_data.schema import LICENCE, data_package, table_schema
from forum.open_data.views.blueprint import bp
from forum.open_data.views.lists import FORM, FOUND, LIMIT, SHEET
from forum.open_data.views.sending import known, sent
from forum.web.access import access, everyone

LISTS = ("practices", "adoptions", "requests", *LISTED)
ROWS = 50_000  # of a set of reference data
BATCH = 1_000


@bp.get("/open-data")
@access(everyone, cache=True)
def catalogue() -> str:
    """What there is, in which shape, and under which licence."""
    dumps = dump.made(db.session())
    return render_template(
        "open_data/catalogue.html",
        datasets=[*DATASETS.values(), *LISTED.values()],
        dumps=dumps,
        counts=dumps[0].counts if dumps else {},
        licence=LICENCE,
        lists=LISTS,
        limit=LIMIT,
        sheet=SHEET,
        found=FOUND,
        days=dump.KEPT.days,
    )


@bp.get("/open-data/schema/<name>.json")
@access(everyone, cache=True)
def schema(name: str) -> Response:
    """Frictionless Table Schema of a set; `of=json` describes the objects of its JSON instead of the columns of its tables."""
    found = (DATASETS | LISTED).get(name)
    if found is None:
        abort(404)
    return _described(table_schema(found, in_table=request.args.get("of") != "json"))


@bp.get("/open-data/datapackage.json")
@access(everyone, cache=True)
def package() -> Response:
    """Frictionless Data Package of the last dump."""
    last = next(iter(dump.made(db.session())), None)
    about = data_package(current_app.config["SITE_NAME"], moment(last.made_at) or "" if last else "", last.counts if last else None)
    return _described(about)


def _described(about: dict[str, object]) -> Response:
    response = jsonify(about)
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


@bp.get(f"/open-data/<name>.<{FORM}>")
@access(everyone)
def rows(name: str, form: str) -> Response:
    """A whole set of reference data, or the sums, as a file; practices and the like have lists of their own."""
    if name not in DATASETS or name in LISTS:
        abort(404)
    return known() or sent(DATASETS[name], form, _bounded(DATASETS[name]), False, ROWS)


def _bounded(dataset: Dataset) -> Iterator[list[Row]]:
    left = ROWS
    for batch in dataset.batches(db.session(), BATCH):
        yield batch[:left]
        left -= len(batch)
        if left <= 0:
            return


@bp.get("/open-data/dump.zip")
@access(everyone)
def latest() -> Response:
    """The last dump; 404 while there is none."""
    last = next(iter(dump.made(db.session())), None)
    return _file(last)


@bp.get("/open-data/dumps/<int:id>.zip")
@access(everyone)
def download(id: int) -> Response:
    """One of the kept dumps."""
    return _file(db.session.get(Dump, id))


def _file(wanted: Dump | None) -> Response:
    if wanted is None:
        abort(404)
    response = Response(mimetype="application/zip", direct_passthrough=True)
    response.set_etag(wanted.sha256)
    response.last_modified = wanted.made_at
    response.headers["Cache-Control"] = "public, no-cache"
    response.headers["Digest"] = f"sha-256={wanted.sha256}"
    response.headers.set("Content-Disposition", "attachment", filename=f"practices-{wanted.made_at:%Y-%m-%d}.zip")
    if request.if_none_match.contains(wanted.sha256):
        response.status_code = 304
        return response
    store: FileStore = current_app.extensions["files"]
    pieces = store.stream(wanted.key)
    if pieces is None:
        abort(404)
    response.response = pieces
    response.headers["Content-Length"] = str(wanted.size)
    return response
