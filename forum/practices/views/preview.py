"""How a practice will look: filled as if it were saved, drawn, and undone."""

from flask import g, render_template, request

from forum.attachments import queries as attachments
from forum.attachments.actions import arrange
from forum.core.errors import Refused
from forum.extensions import db
from forum.practices import saving
from forum.practices.forms.carrying import raw_of
from forum.practices.forms.raw import packed
from forum.practices.models import Practice
from forum.practices.readiness import QUESTIONS, readiness
from forum.practices.views.editor import Editor
from forum.practices.views.reading import donor_of, facts
from forum.practices.views.similar import near_title
from forum.web.transaction import keep


def of(editor: Editor) -> tuple[str, int]:
    """The page with the form's fields carried along; nothing of the words is saved but the working copy."""
    try:
        page = _drawn(editor)
    except Refused as refusal:
        editor.form.show(refusal)
        editor.keep()
        keep()
        return editor.page(422)
    editor.keep()
    return page, 200


def _drawn(editor: Editor) -> str:
    session = db.session()
    undo = session.begin_nested()
    try:
        practice = editor.practice or _new()
        saving.fill(session, practice, editor.card())
        arrange(session, practice, editor.changes)
        files = session.scalars(attachments.of_entry(practice.id)).all()
        return render_template(
            "practices/preview.html",
            stored=editor.practice,
            fields=packed(editor.raw) if editor.raw is not None else {},
            version=editor.form.version.data or "",
            questions=QUESTIONS,
            readiness=readiness(dict((editor.raw or raw_of(editor.form)).lists())),
            tab=request.form.get("tab", "")[:40],
            duplicates=near_title(practice.title, editor.practice.id if editor.practice else None),
            **facts(practice, files, donor_of(practice)),
        )
    finally:
        undo.rollback()


def _new() -> Practice:
    practice = saving.begin(db.session(), g.actor)
    practice.author = g.person
    return practice
