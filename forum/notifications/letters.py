"""Letters about notices: asked once more, when they go out, whether the receiver may still see what they tell of."""

from flask_babel import force_locale
from sqlalchemy import select

from forum.core.events import Event
from forum.entries import queries as entries
from forum.entries.addresses import address_of
from forum.entries.models import Entry
from forum.extensions import db
from forum.notifications import post
from forum.notifications.telling import receiver
from forum.notifications.wording import sentence


def register() -> None:
    """Guard the templates of notices."""
    post.guards.update(moderated=told, comment=answered, reply=answered)


def told(params: dict[str, object]) -> dict[str, object] | None:
    """What the letter of any notice is rendered with; None where the receiver may not see the thing any more."""
    session = db.session()
    event = session.scalar(select(Event).where(Event.id == params["event_id"]))
    person = receiver(session, int(str(params["person_id"])))
    if event is None or person is None:
        return None
    entry: Entry | None = None
    if event.entry_id is not None:
        entry = entries.by_ids(session, person.as_actor(), [event.entry_id]).get(event.entry_id)
        if entry is None:
            return None
    with force_locale(person.lang):
        words = " ".join(sentence(event, entry, person.id).split())  # the subject: one line
    return {
        "event": event,
        "person": person,
        "entry": entry,
        "words": words,
        "path": address_of(entry) if entry else "/notifications",
    }


def answered(params: dict[str, object]) -> dict[str, object] | None:
    """The same for an answer: not while it is hidden, and not to somebody who asked for no such letters since."""
    values = told(params)
    if values is None:
        return None
    entry, person = values["entry"], values["person"]
    return values if entry.is_published and entry.root and entry.root.is_published and person.mail_replies else None  # type: ignore[attr-defined]
