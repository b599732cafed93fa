"""The one blueprint of the feature's pages, and how its views find their comment."""

from flask import Blueprint, g

from forum.comments import queries
from forum.comments.models import Comment
from forum.comments.queries import cursor_of
from forum.entries import queries as entries
from forum.entries.addresses import address_of
from forum.entries.models import Entry
from forum.extensions import db
from forum.web.lookup import find_or_404

bp = Blueprint("comments", __name__)


def find(id: int) -> tuple[Comment, Entry]:
    """A comment and what it is about, where the reader may read both; else 404."""
    comment = find_or_404(queries.by_id(id, g.actor))
    return comment, find_or_404(entries.by_id(comment.on_id, g.actor))


def place_of(comment: Comment, root: Entry) -> str:
    """The address of a comment within its discussion."""
    return f"{address_of(root, page=cursor_of(db.session(), g.actor, comment, root.pinned_id))}#comment-{comment.id}"
