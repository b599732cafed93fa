"""One draft open in two tabs: which text a page has seen, so that none is written over in silence."""

from flask import g

from forum.core.clock import now
from forum.entries.models import WorkingCopy
from forum.extensions import db
from forum.practices import versions
from forum.practices.forms.raw import packed
from forum.practices.views.editor import Editor, seen_here
from forum.web.transaction import keep


def behind(practice_id: int) -> WorkingCopy | None:
    """The working copy that another page has kept and this one has never shown; None where nothing is in the way."""
    seen, copy = seen_here(), db.session.get(WorkingCopy, (g.actor.id, practice_id))
    return copy if copy is not None and seen is not None and copy.is_news_to(seen) else None


def told(editor: Editor, other: WorkingCopy) -> tuple[str, int]:
    """The form once more, with the time of the other text. Both are versions now; a second press saves this one knowingly."""
    assert editor.practice is not None and editor.raw is not None
    versions.remember(db.session(), editor.practice.id, g.actor, packed(editor.raw), now(), beside=True)
    keep()
    rows = db.session.scalars(versions.of(editor.practice.id, g.actor)).all()
    return editor.page(409, "form", newer=other, versions=rows)
