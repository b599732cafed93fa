"""A picture that goes into the text of a practice: described first, then kept with its files."""

from flask import g, jsonify, request
from werkzeug.wrappers import Response

from forum.attachments.actions import MAX_ALT, attach
from forum.attachments.models import Attachment
from forum.attachments.views import store
from forum.core import typed
from forum.core.errors import Refused
from forum.core.text import fit
from forum.extensions import db
from forum.practices.views.blueprint import ID, bp
from forum.practices.views.write import editable
from forum.web.access import access, members


@bp.post(f"/practices/<{ID}:id>/pictures")
@access(members)
def picture(id: int) -> tuple[Response, int]:
    """Take one `picture` with its `alt`; answers the `url` that the text shows it by."""
    practice = editable(id, writing=True)
    alt, sent = typed.line(fit(request.form.get("alt", "")))[:MAX_ALT], request.files.get("picture")
    if not alt:
        raise Refused("file.alt_missing", field="alt")
    if sent is None:
        raise Refused("file.empty", field="picture")
    file = attach(db.session(), store(), practice, sent.filename or "", sent.read(), g.actor)
    if not file.is_photo:
        raise Refused("file.not_picture", field="picture")
    file.alt = file.alt or alt
    return jsonify(id=file.id, url=inline_address(file)), 201


def inline_address(file: Attachment) -> str:
    """Its address as Markdown writes it: only the number counts, and no sign of its name can break the text."""
    return f"/files/{file.id}/picture.{file.media_type.rpartition('/')[2]}"
