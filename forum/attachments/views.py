"""Files as they are fetched: never as a page, and only where their entry may be read."""

from flask import Blueprint, Response, abort, current_app, g, request
from flask.blueprints import BlueprintSetupState
from flask_babel import gettext as _

from forum.attachments import queries
from forum.attachments.models import Attachment
from forum.core.filenames import content_disposition
from forum.core.files import FileStore, open_store
from forum.core.kinds import MEGABYTE
from forum.web.access import access, everyone
from forum.web.lookup import find_or_404
from forum.web.templating import NBSP, number

bp = Blueprint("attachments", __name__)
blueprints = (bp,)
ID = "int(max=2147483647)"
POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'"


@bp.record_once
def _open(state: BlueprintSetupState) -> None:
    state.app.extensions["files"] = open_store(state.app.config["FILES_URL"])


@bp.app_template_filter()
def filesize(size: int) -> str:
    """Bytes as people read them: 340 КБ, 1,2 МБ."""
    if size >= MEGABYTE:
        return NBSP.join((number(size / MEGABYTE, 1), _("МБ")))
    return NBSP.join((number(max(size // 1024, 1)), _("КБ")))


def store() -> FileStore:
    """The application's store of files."""
    opened: FileStore = current_app.extensions["files"]
    return opened


@bp.get(f"/files/<{ID}:id>/<name>")
@access(everyone)
def file(id: int, name: str) -> Response:
    """A document to save, or a photo to look at. The name in the address is for people only."""
    attachment = find_or_404(queries.by_id(id, g.actor))
    return _sent(attachment, attachment.key)


@bp.get(f"/files/<{ID}:id>/thumb/<name>")
@access(everyone)
def thumb(id: int, name: str) -> Response:
    """A photo made small."""
    attachment = find_or_404(queries.by_id(id, g.actor))
    if attachment.thumb_key is None:
        abort(404)
    return _sent(attachment, attachment.thumb_key)


def _sent(attachment: Attachment, key: str) -> Response:
    response = Response(mimetype=attachment.media_type)
    response.headers["Content-Type"] = attachment.media_type
    response.headers["Content-Security-Policy"] = POLICY
    # Kept by the reader's browser alone, and asked for again each time: what is hidden must vanish at once.
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["Content-Disposition"] = content_disposition(attachment.name, inline=attachment.is_photo)
    response.set_etag(key.rpartition("/")[2])
    if request.if_none_match.contains(key.rpartition("/")[2]):
        return response.make_conditional(request)  # type: ignore[return-value]
    content = store().get(key)
    if content is None:
        abort(404)
    response.set_data(content)
    return response
