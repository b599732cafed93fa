"""A person's own data, to take away."""

import json

from flask import Response, g

from forum.accounts.export import everything_about
from forum.accounts.views.blueprint import bp
from forum.extensions import db
from forum.web.access import access, members


@bp.get("/account/export")
@access(members)
def export() -> Response:
    """A JSON file with all that is kept about the reader."""
    text = json.dumps(everything_about(db.session(), g.actor.id), ensure_ascii=False, indent=2)
    return Response(text, mimetype="application/json", headers={"Content-Disposition": 'attachment; filename="my-data.json"'})
