"""A comment of a discussion, drawn for its reader."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from flask import current_app, g, get_template_attribute, render_template
from markupsafe import Markup

from forum.comments.forms import CommentForm
from forum.comments.threading import Line, Shown
from forum.comments.views.blueprint import bp
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


RULES = (can_edit, can_withdraw, can_report, can_moderate)


@bp.app_template_global("drawn_comments")
def drawn(root: Entry, votes: Mapping[int, int]) -> Callable[..., Markup]:
    """Draws the comments of a discussion, one after the other; `votes` are the reader's own.

    Each is kept by all that it shows; those for members have `TOKEN` in the place of theirs.
    """
    actor = g.actor
    around = Around(root.id, root.author_id, root.locked, root.pinned_id, root.kind)
    lang, zone = language.select(), current_app.config["TIMEZONE"]
    allowed: dict[tuple[object, ...], tuple[bool, ...]] = {}

    def reader(comment: Line) -> Reader:
        # All that the rules ask of a comment (`policy.Written`): most on a page are alike in it.
        asked = own, _, _ = comment.author_id == actor.id, comment.region_code, comment.state
        if asked not in allowed:
            allowed[asked] = tuple(rule(actor, comment) for rule in RULES)
        return Reader(True, own, votes.get(comment.id, 0), *allowed[asked])

    def one(shown: Shown, level: int = 1) -> Markup:
        who = GUEST if actor.is_guest else reader(shown.comment)

        def draw() -> str:
            macro = get_template_attribute("comments/_comment.html", "one")
            return str(macro(shown, around, who, TOKEN if who.member else "", level))

        return part(("comment", shown, around, who, level, lang, zone), draw)

    return one


@bp.app_template_global()
def comment_form(entry_id: int) -> Markup:
    """An empty form for the end of a discussion on somebody else's page; kept, since it is the same for all."""

    def draw() -> str:
        form = CommentForm(formdata=None, meta={"csrf": False})
        return render_template("comments/_new.html", form=form, entry_id=entry_id, token=TOKEN, key=KEY)

    return with_key(with_token(part(("comment form", entry_id, language.select()), draw)))
