"""Two keepers of one record at once: what both changed stands side by side, and the second one chooses."""

from typing import Any

from flask import request
from werkzeug.datastructures import MultiDict

from forum.adoptions.forms import DetailsForm, details_of
from forum.adoptions.models import Adoption
from forum.entries import meeting
from forum.entries.meeting import Merge
from forum.extensions import db
from forum.practices.forms.carrying import carried, raw_of
from forum.practices.forms.raw import Raw
from forum.practices.views.changes import in_words

THEIRS = "theirs"


def chosen(adoption: Adoption, raw: Raw) -> Raw:
    """The fields with the other's words where the writer chose them; once those have changed again, they have to be asked anew."""
    names = [name for name in adoption.snapshot() if request.form.get(f"choice-{name}") == THEIRS]
    if not names or raw.get("version") != str(adoption.version):
        return raw
    stored = raw_of(DetailsForm(MultiDict(), data=details_of(adoption)))
    for name in names:
        raw = carried(raw, name, stored)
    return raw


def met(adoption: Adoption, form: DetailsForm) -> Merge | None:
    """Both changes together; None where nobody else has changed anything."""
    text = str(form.version.data or "")
    version = int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else adoption.version
    base = meeting.words_at(db.session(), adoption, version) if version != adoption.version else None
    return meeting.merge(base.snapshot, adoption.snapshot(), form.card()) if base is not None else None


def asked(adoption: Adoption, merge: Merge) -> dict[str, Any]:
    """What the page that asks shows: the form over the present version, with what only the other changed, and the clashes."""
    form = DetailsForm(MultiDict(), data={**merge.whole, "indicators": merge.whole["indicators"] or [{}], "version": adoption.version})
    labels = {field.short_name: field.label.text for field in form if field.short_name in merge.clashes}
    clashes = [merge.clash(name, str(label), in_words) for name, label in labels.items()]
    return {"form": form, "clashes": clashes, "last": meeting.last_writer(db.session(), adoption)}
