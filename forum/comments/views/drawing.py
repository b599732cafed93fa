"""A comment of a discussion, drawn for its reader."""

from typing import NamedTuple

from flask import current_app, g, get_template_attribute, render_template
from markupsafe import Markup

from forum.comments.forms import CommentForm
from forum.comments.threading import Line, Shown
from forum.comments.views.blueprint import bp
from forum.core.actor import Actor
from forum.entries.models import Entry
from forum.entries.policy import can_edit, can_moderate, can_report, can_withdraw
from forum.web import language
from forum.web.kept import KEY, TOKEN, part, with_key, with_token


class Reader(NamedTuple):
    """What a comment looks like to somebody: all that differs between readers."""

    member: bool = False
    own: bool = False
    vote: int = 0
    edits: bool = False
    withdraws: bool = False
    reports: bool = False
    moderates: bool = False


class Around(NamedTuple):
    """What a comment shows of the entry it is on."""

    id: int
    author_id: int
    locked: bool
    pinned_id: int | None
    kind: str


GUEST = Reader()


def _reader(actor: Actor, comment: Line, vote: int) -> Reader:
    rules = (can_edit, can_withdraw, can_report, can_moderate)
    return Reader(True, comment.author_id == actor.id, vote, *(rule(actor, comment) for rule in rules))


@bp.app_template_global("drawn_comment")
def drawn(shown: Shown, root: Entry, vote: int, level: int = 1) -> Markup:
    """The comment with what the reader may do to it; `vote` is the reader's own. Kept by all that it shows."""
    reader = GUEST if g.actor.is_guest else _reader(g.actor, shown.comment, vote)
    around = Around(root.id, root.author_id, root.locked, root.pinned_id, root.kind)
    lang, zone = language.select(), current_app.config["TIMEZONE"]

    def draw() -> str:
        macro = get_template_attribute("comments/_comment.html", "one")
        return str(macro(shown, around, reader, TOKEN if reader.member else "", level))

    kept = part(("comment", shown, around, reader, level, lang, zone), draw)
    return with_token(kept) if reader.member else kept


@bp.app_template_global()
def comment_form(entry_id: int) -> Markup:
    """An empty form for the end of a discussion on somebody else's page; kept, since it is the same for all."""

    def draw() -> str:
        form = CommentForm(formdata=None, meta={"csrf": False})
        return render_template("comments/_new.html", form=form, entry_id=entry_id, token=TOKEN, key=KEY)

    return with_key(with_token(part(("comment form", entry_id, language.select()), draw)))
