"""Two editors of one practice: what only one of them changed is put together, of what both changed the second one chooses."""

from collections.abc import Callable

from flask import flash, g, request
from flask_babel import gettext as _

from forum.core.errors import Refused
from forum.entries import meeting
from forum.entries.meeting import Merge
from forum.entries.models import ReplacedWords
from forum.extensions import db
from forum.practices import queries
from forum.practices.forms.carrying import carried, raw_of
from forum.practices.models import Practice
from forum.practices.views.changes import in_words, labels
from forum.practices.views.editor import Editor
from forum.web.lookup import find_or_404
from forum.web.transaction import keep

THEIRS = "theirs"


def chosen(editor: Editor) -> Editor:
    """The form with the other's words where the writer chose them; once those have changed again, they have to be asked anew."""
    names = [name for name in labels() if request.form.get(f"choice-{name}") == THEIRS]
    practice, raw = editor.practice, editor.raw
    if not names or practice is None or raw is None or editor.version != practice.version:
        return editor
    stored = raw_of(Editor(practice).form)
    for name in names:
        raw = carried(raw, name, stored)
    return Editor(practice, raw)


def met(editor: Editor, save: Callable[[Editor], Practice]) -> Practice | tuple[str, int]:
    """After another one saved: the practice with both changes, or the page that asks about those that clash."""
    number = editor.form.own_id or 0
    editor.practice = practice = find_or_404(queries.by_id(number, g.actor).execution_options(populate_existing=True))
    session, version = db.session(), editor.version or 0
    base = meeting.words_at(session, practice, version)
    theirs, last = practice.snapshot(), meeting.last_writer(session, practice)
    merge = meeting.merge(base.snapshot if base else theirs, theirs, editor.form.card())
    both = _with_taken(editor, merge)
    if not merge.clashes and both.check(public=practice.state != "draft"):
        try:
            with session.begin_nested():
                saved = save(both)
        except Refused as refusal:
            both.form.show(refusal)
        else:
            _tell(last, merge)
            return saved
    # Kept with the version it was written over: opened later, it meets the same question.
    editor.keep()
    keep()
    clashes = [merge.clash(name, label, in_words) for name, label in labels().items() if name in merge.clashes]
    taken = [label for name, label in labels().items() if name in merge.taken]
    return both.page(409, "conflict", last=last, clashes=clashes, taken=taken)


def _with_taken(editor: Editor, merge: Merge) -> Editor:
    """The form with what only the other one changed, written over the present version."""
    practice, raw = editor.practice, editor.raw
    assert practice is not None and raw is not None
    stored = raw_of(Editor(practice).form)
    for name in merge.taken:
        raw = carried(raw, name, stored)
    raw = carried(raw, "version", stored)
    both = Editor(practice, raw)
    both.faults = editor.faults
    return both


def _tell(last: ReplacedWords | None, merge: Merge) -> None:
    if merge.taken and last is not None:
        fields = ", ".join(f"«{label}»" for name, label in labels().items() if name in merge.taken)
        words = {"name": last.by.name, "fields": fields}
        told = _("Пока вы писали, практику изменили: %(name)s – %(fields)s. Сохранены и ваши правки, и эти.", **words)
        flash(told, "info")
