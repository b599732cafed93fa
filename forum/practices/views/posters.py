"""Pictures of practices for previews of links: drawn when first asked for, then kept on the machine's disk."""

import os
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from threading import Lock

from flask import Response, current_app, request

from forum.core.actor import GUEST
from forum.extensions import db
from forum.practices import queries
from forum.practices.models import Practice
from forum.practices.poster import Poster, draw
from forum.practices.views import labels
from forum.practices.views.blueprint import ID, bp
from forum.practices.views.reading import figures_of
from forum.web.access import access, everyone
from forum.web.language import place_name
from forum.web.lookup import find_or_404

FOLDER, MOST = "posters", 2_000
_drawing = Lock()  # one at a time: a crawl must not take all processors from readers


@bp.get(f"/practices/<{ID}:id>/poster.png")
@access(everyone)
def poster(id: int) -> Response:
    """The picture of a practice that guests can read, whoever asks."""
    wanted = poster_of(find_or_404(queries.by_id(id, GUEST)))
    response = Response(mimetype="image/png")
    response.set_etag(wanted.digest()[:24])
    response.cache_control.public, response.cache_control.no_cache = True, True
    if request.if_none_match.contains(wanted.digest()[:24]):
        response.status_code = 304
    else:
        response.set_data(_kept(Path(current_app.config["INSTANCE"]) / FOLDER, wanted))
    return response


def poster_of(practice: Practice) -> Poster:
    """What its picture says."""
    shown = [(str(row["value"]), str(row["label"])) for row in figures_of(practice) if row["value"]]
    place = practice.municipality
    return Poster(
        site=current_app.config["SITE_NAME"],
        status=labels.statuses().get(practice.status or "", ""),
        place=place_name(place) if place else "",
        title=practice.title,
        figures=tuple(shown[:3]),
    )


def _kept(folder: Path, wanted: Poster) -> bytes:
    path = folder / f"{wanted.digest()}.png"
    with suppress(OSError):
        return path.read_bytes()
    db.session.rollback()  # nothing is held while it is drawn
    with _drawing:
        picture = draw(wanted)
    with suppress(OSError):  # a full disk costs time, not the picture
        _keep(path, picture)
    return picture


def _keep(path: Path, picture: bytes) -> None:
    path.parent.mkdir(exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, delete=False) as file:
        file.write(picture)
    os.replace(file.name, path)
    kept = sorted(path.parent.iterdir(), key=lambda each: each.stat().st_mtime) if path.name[0] == "0" else []
    for old in kept[: max(0, len(kept) - MOST)]:
        old.unlink(missing_ok=True)
