"""The ways to one comment, and what it said before."""

from dataclasses import dataclass

from flask import redirect, render_template
from werkzeug.wrappers import Response

from forum.comments.views.blueprint import bp, find, place_of
from forum.core.difference import Piece, by_word
from forum.entries.addresses import address_of
from forum.entries.models import Revision
from forum.entries.revisions import of_entry
from forum.extensions import db
from forum.web.access import access, everyone

VERSIONS = 50


@dataclass(frozen=True, slots=True)
class Version:
    """A revision and what changed in it."""

    revision: Revision
    pieces: list[Piece]


@bp.get("/comments/<int:id>")
@access(everyone)
def show(id: int) -> Response:
    """The permanent address of a comment: leads to its place in the discussion."""
    comment, root = find(id)
    return redirect(place_of(comment, root))


@bp.get("/comments/<int:id>/history")
@access(everyone, cache=True)
def history(id: int) -> str:
    """All versions of a comment, the newest first, each with what changed."""
    comment, root = find(id)
    revisions = db.session.scalars(of_entry(comment.id).limit(VERSIONS + 1)).all()
    words = [str(revision.snapshot.get("body", "")) for revision in revisions] + [""]
    versions = [
        Version(revision, by_word(words[i + 1], words[i]) if revision.number > 1 else [Piece("same", words[i])])
        for i, revision in enumerate(revisions[:VERSIONS])
    ]
    return render_template("comments/history.html", comment=comment, root=root, root_url=address_of(root), versions=versions)
