"""Photos as they come with a form of the timeline."""

from forum.adoptions.forms import NoteForm
from forum.adoptions.photos import Picture


def pictures_of(form: NoteForm) -> list[Picture]:
    """Each with what it shows."""
    return [Picture(photo.name, photo.data.filename or "", photo.data.read(), alt.data or "") for photo, alt in form.pictures()]
