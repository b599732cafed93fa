"""The package of a practice, to be taken home: its documents in one ZIP with a cover page."""

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import partial
from threading import BoundedSemaphore
from typing import Any

from flask import Response, abort, current_app, g, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.exc import OperationalError

from forum.accounts.throttle import address
from forum.attachments import queries as attachments
from forum.attachments.labels import LICENCES, MEANINGS
from forum.attachments.models import Attachment
from forum.attachments.views import store
from forum.core.clock import now
from forum.core.filenames import content_disposition
from forum.extensions import db
from forum.practices import downloads, policy, queries
from forum.practices.models import Practice
from forum.practices.packing import Member, distinct, packed
from forum.practices.views.blueprint import ID, bp
from forum.practices.views.reading import donor_of, facts
from forum.web.access import access, everyone
from forum.web.canonical import absolute, outside
from forum.web.lookup import find_or_404

AT_ONCE = 2  # of each process: who reads slowly must not take all its threads
_OWN_ADDRESS = re.compile(r'(?:href|src)="(?=/(?!/))')
_sending = BoundedSemaphore(AT_ONCE)


# Not kept: it is large, and has the contact for who may see that.
@bp.get(f"/practices/<{ID}:id>/package.zip")
@access(everyone)
def package(id: int) -> Response:
    """The archive; 404 where there are no documents, 503 where too many are being sent."""
    practice = find_or_404(queries.by_id(id, g.actor))
    files = db.session.scalars(attachments.documents_of(practice.id)).all()
    if not files:
        abort(404)
    members = _members(practice, files)
    name = content_disposition(_("Пакет – %(title)s.zip", title=practice.title[:80] or _("Без названия")))
    if not _sending.acquire(blocking=False):
        abort(503)
    turn = Turn()
    response = Response(turn.through(packed(members)), mimetype="application/zip")
    response.call_on_close(turn.end)
    response.headers["Content-Disposition"] = name
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    if request.method == "GET":
        _count(practice)
    return response


class Turn:
    """A place among those that are sent to, given up once: when all is sent, or the reader has gone."""

    def __init__(self) -> None:
        self._over = False

    def end(self) -> None:
        if not self._over:
            self._over = True
            _sending.release()

    def through(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        """The pieces as they are; the turn ends with them."""
        yield from pieces
        self.end()


@bp.app_template_filter()
def at_home(html: str) -> str:
    """Stored HTML that is read away from the site: its addresses are whole."""
    return _OWN_ADDRESS.sub(lambda match: match[0] + absolute(""), html)


def _members(practice: Practice, files: Sequence[Attachment]) -> Iterator[Member]:
    """The cover first. All is made up now: the database is not at hand any more while the archive is sent."""
    cover = _("О практике.html")
    names = distinct([file.name for file in files], [cover])
    page = _cover(practice, list(zip(names, files, strict=True))).encode()
    kept = store()
    documents = [Member(name, file.at, partial(kept.stream, file.key)) for name, file in zip(names, files, strict=True)]
    return iter([Member(cover, now(), lambda: iter([page])), *documents])


def _cover(practice: Practice, documents: list[tuple[str, Attachment]]) -> str:
    return render_template(
        "practices/taken_home/package.html",
        **facts(practice, [file for _name, file in documents], donor_of(practice)),
        named_documents=documents,
        meanings=[(LICENCES[one], MEANINGS[one]) for one in LICENCES if one in {file.licence for _name, file in documents}],
        address=outside(".show", id=practice.id, slug=practice.slug),
        contact=practice.contact if policy.sees_contact(g.actor) and not practice.anonymous else "",
    )


def _count(practice: Practice) -> None:
    """Authors are not counted; nor is anybody where the database is busy."""
    if not practice.is_published or g.actor.id == practice.author_id:
        return
    visitor = "\0".join((address(), request.user_agent.string))
    with suppress(OperationalError):
        downloads.count(db.engine, current_app.config["SECRET_KEY"], practice.id, visitor)


def package_facts(practice: Practice, files: Sequence[Attachment]) -> dict[str, Any]:
    """What the page of a practice says of its package; nothing where it has no documents."""
    documents = [file for file in files if not file.is_photo]
    if not documents:
        return {}
    found = {"url": url_for("practices.package", id=practice.id), "size": sum(file.size for file in documents)}
    return {"package": found | {"count": len(documents), "downloads": practice.package_downloads}}
