"""Writing a comment and changing its words."""

from typing import Any

from flask import abort, flash, g, jsonify, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from forum.accounts.queries import called
from forum.comments import actions, queries
from forum.comments.forms import CommentForm, EditForm
from forum.comments.models import Comment
from forum.comments.threading import Shown
from forum.comments.views.blueprint import bp, find, place_of
from forum.comments.views.drawing import drawn
from forum.core.difference import by_word
from forum.core.errors import Refused
from forum.core.text import quote, render
from forum.entries import meeting
from forum.entries import queries as entries
from forum.entries.addresses import address_of
from forum.entries.models import Entry, State
from forum.entries.policy import can_comment, can_edit
from forum.extensions import db
from forum.trust.views.holding import held_words
from forum.web import copies, once, refusals
from forum.web.access import access, members, require, wants_json
from forum.web.errors import Answer as ErrorAnswer
from forum.web.errors import answer, problem
from forum.web.kept import with_token
from forum.web.lookup import find_or_404

Answer = str | Response | tuple[str, int] | ErrorAnswer


@bp.get("/entries/<int:id>/comments/new")
@access(members)
def new(id: int) -> Answer:
    """A page with the form alone, to answer a comment from; `quote` begins it with that comment's words."""
    root = find_or_404(entries.by_id(id, g.actor))
    if root.locked and not can_comment(g.actor, root):
        return answer(403, refusals.words(Refused("comment.locked")))
    if g.actor.silenced:
        return answer(403, refusals.words(Refused("comment.silenced")))
    require(root.root_id is None and can_comment(g.actor, root))
    parent = _parent(request.args.get("parent"))
    form = CommentForm(body=quote(parent.body) if parent and request.args.get("quote") else "", parent=parent.id if parent else "")
    return _form_page(form, root, parent)


@bp.post("/entries/<int:id>/comments")
@access(members)
def create(id: int) -> Answer:
    """Take a comment; a wrong one comes back with its words."""
    preview = "preview" in request.form and not wants_json()
    root = entries.readable(db.session(), g.actor, id, held=not preview) or abort(404)
    form, parent_id = CommentForm(), _number(request.form.get("parent"))
    try:
        if preview:
            return _form_page(form, root, _parent(request.form.get("parent")), preview=render(form.body.data or "", called(db.session())))
        form.check_trap()
        before = _sent_before(root, form.body.data or "", parent_id)
        comment = before or actions.post(db.session(), root, form.body.data or "", g.actor, parent_id)
        once.made(comment.id)
    except Refused as refusal:
        return _refused(refusal, form, root, parent_id)
    if wants_json():
        return _fresh(comment, root)
    copies.taken()
    if not comment.is_published:
        flash(held_words(comment, _("Спасибо! Комментарий появится, когда его посмотрит модератор.")), "info")
    return redirect(place_of(comment, root), 303)


@bp.route("/comments/<int:id>/edit", methods=["GET", "POST"])
@access(members)
def edit(id: int) -> Answer:
    """Change the words of one's own comment."""
    comment, root = find(id)
    require(can_edit(g.actor, comment) and comment.author_id == g.actor.id)
    form = EditForm(obj=comment)
    page = {"form": form, "comment": comment, "root": root, "root_url": address_of(root)}
    if request.method == "GET":
        return render_template("comments/edit.html", **page)
    try:
        if "preview" in request.form:
            return render_template("comments/edit.html", preview=render(form.body.data or "", called(db.session())), **page)
        meant = _meant(comment, form)
        if meant is None:
            return render_template("comments/edit.html", **_meeting(comment, form), **page), 409
        actions.rewrite(comment, meant, g.actor)
    except Refused as refusal:
        form.show(refusal)
        return render_template("comments/edit.html", **page), 422
    copies.taken()
    if comment.state == State.WAITING:
        flash(held_words(comment, _("Комментарий ушёл на проверку.")), "info")
    return redirect(place_of(comment, root), 303)


def _meant(comment: Comment, form: EditForm) -> str | None:
    """The words to save; None where somebody else has changed the comment meanwhile, and differently."""
    mine, version = (form.body.data or "").strip(), _number(request.form.get("version"))
    if version is None or version == comment.version:
        return mine
    base = meeting.words_at(db.session(), comment, version)
    merge = meeting.merge(base.snapshot if base else comment.snapshot(), comment.snapshot(), {"body": mine})
    return None if merge.clashes else str(merge.whole["body"])


def _meeting(comment: Comment, form: EditForm) -> dict[str, Any]:
    """What both began from, and what each made of it; a second press saves one's own knowingly."""
    base = meeting.words_at(db.session(), comment, _number(request.form.get("version")) or 0)
    before, last = str(base.snapshot["body"]) if base else comment.body, meeting.last_writer(db.session(), comment)
    form.version.data = form.version.raw_data = None
    form.version.process_data(comment.version)
    pieces = {"theirs": by_word(before, comment.body), "mine": by_word(before, form.body.data or "")}
    return {"base": before, "who": last.by.name if last else "", **pieces}


def _sent_before(root: Entry, body: str, parent_id: int | None) -> Comment | None:
    """What this very form has made before; other words in it are another comment."""
    number = once.earlier()
    comment = db.session.scalar(queries.by_id(number, g.actor)) if number else None
    same = comment is not None and (comment.on_id, comment.parent_id, comment.body) == (root.id, parent_id, body.strip())
    return comment if same else None


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() and len(text) < 19 else None


def _parent(text: str | None) -> Comment | None:
    number = _number(text)
    return find_or_404(queries.by_id(number, g.actor)) if number else None


def _form_page(form: CommentForm, root: Entry, parent: Comment | None, preview: str = "") -> str:
    return render_template("comments/new.html", form=form, root=root, root_url=address_of(root), parent=parent, preview=preview)


def _refused(refusal: Refused, form: CommentForm, root: Entry, parent_id: int | None) -> Answer:
    status = refusals.status(refusal)
    form.show(refusal)
    if wants_json():
        words = refusals.words(refusal)
        if refusal.code == "form.trap":
            return problem(400, words, code=refusal.code)  # the script then sends it as a page, which comes back with the field empty
        return problem(status, words, code=refusal.code, errors={refusal.field or "body": [words]})
    parent = db.session.scalar(queries.by_id(parent_id, g.actor)) if parent_id else None
    return _form_page(form, root, parent), status


def _fresh(comment: Comment, root: Entry) -> Response:
    """The comment as it stands in a discussion, for the script that puts it there."""
    names = None
    if comment.parent_id and comment.parent_id != comment.thread_id:
        parent = db.session.scalars(queries.by_id(comment.parent_id, g.actor)).one()
        names = (parent.id, parent.signature)
    shown = Shown(db.session.scalars(queries.line(comment.id)).one(), True, names)
    html = with_token(drawn(root, {})(shown, 2 if comment.thread_id else 1))
    response = jsonify(id=comment.id, html=html, state=comment.state, once=once.new_key())
    response.status_code = 201
    return response
