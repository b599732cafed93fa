"""Rows as an answer: written into a file that mostly stays in memory, so that a fault is an error and not half a table."""

import gzip
import hashlib
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from tempfile import SpooledTemporaryFile
from typing import IO, Any, NoReturn, cast

from flask import Response, abort, current_app, g, request
from flask_babel import gettext as _

from forum.core.clock import now
from forum.open_data.datasets import Dataset, Row
from forum.open_data.rows import moment
from forum.open_data.schema import LICENCE
from forum.open_data.writing import KINDS, WRITERS
from forum.web import language, town
from forum.web.canonical import outside
from forum.web.errors import answer, problem
from forum.web.kept import pages_version

SPOOLED = 4 << 20  # bytes held in memory; more of them lie on disk
PIECE = 1 << 16


def known() -> Response | None:
    """304 for who has the file already, asked before anything is read."""
    response = Response(status=304)
    response.set_etag(_tag(), weak=True)
    return response if request.if_none_match.contains_weak(_tag()) else None


def _tag() -> str:
    asked = f"{request.full_path} {request.accept_encodings['gzip'] > 0}"
    seen = f"{current_app.extensions['build']} {pages_version()} {language.select()} {request.host} {asked} {town.mark()}"
    return hashlib.sha256(seen.encode("utf-8", "surrogateescape")).hexdigest()[:24]


def without_town() -> NoReturn:
    """A list near to a town that nobody has named: a file can't ask for it, so it says what is missing."""
    said = _("Не сказано, к какому муниципалитету должно быть близко. Назовите его номер: near=номер.")
    page = request.accept_mimetypes.best_match(["application/problem+json", "text/html"]) == "text/html"
    abort(answer(400, said) if page else problem(400, said))


def sent(dataset: Dataset, form: str, batches: Iterable[list[Row]], more: bool, limit: int) -> Response:
    """The rows as a file to save; `more`: there are others, beyond the limit."""
    file = cast(IO[bytes], SpooledTemporaryFile(SPOOLED))  # noqa: SIM115 – closed with the answer
    packed = form != "xlsx" and request.accept_encodings["gzip"] > 0
    with ExitStack() as stack:
        target = stack.enter_context(gzip.GzipFile(fileobj=file, mode="wb", compresslevel=5, mtime=0)) if packed else file
        head = {"head": _head(dataset, more, limit)} if form == "json" else {}
        WRITERS[form](target, dataset, batches, **head)
    response = Response(_pieces(file), content_type=KINDS[form], direct_passthrough=True)
    response.call_on_close(file.close)
    response.headers["Content-Length"] = str(file.tell())
    file.seek(0)
    if packed:
        response.headers["Content-Encoding"] = "gzip"
    response.vary.add("Accept-Encoding")
    response.headers.set("Content-Disposition", "attachment", filename=f"{dataset.name}.{form}")
    response.headers["X-Rows-Limit"] = str(limit)
    response.headers["Cache-Control"] = "public, no-cache" if g.actor.is_guest else "private, no-cache"
    response.set_etag(_tag(), weak=True)
    return response


def _head(dataset: Dataset, more: bool, limit: int) -> dict[str, Any]:
    return {
        "name": dataset.name,
        "made_at": moment(now()),
        "licence": LICENCE["name"],
        "schema": outside("open_data.schema", name=dataset.name),
        "limit": limit,
        "more": more,
    }


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    while piece := file.read(PIECE):
        yield piece
