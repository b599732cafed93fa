"""Letters about notices: asked once more, when they go out, whether the receiver may still see what they tell of."""

from flask_babel import force_locale
from sqlalchemy import select

from forum.core.events import Event
from forum.entries import queries as entries
from forum.entries.addresses import address_of
from forum.entries.models import Entry
from forum.extensions import db
from forum.notifications import digest, links, post, preferences
from forum.notifications.envelope import Mailing
from forum.notifications.kinds import KINDS
from forum.notifications.telling import is_silenced, receiver
from forum.notifications.wording import OF_WRITING, WHY, sentence, within_quotes


def register() -> None:
    """Guard the templates of notices."""
    post.guards.update(moderated=told, owned=told, told=written, adopted=written, digest=digest.told)


def told(params: dict[str, object]) -> dict[str, object] | None:
    """What the letter of any notice is rendered with.

    None where the receiver may not see the thing any more, wants no such letters since, or letters came back from them.
    """
    session = db.session()
    event = session.scalar(select(Event).where(Event.id == params["event_id"]))
    person = receiver(session, int(str(params["person_id"])))
    if event is None or person is None or person.mail_paused_at is not None or is_silenced(session, person, event):
        return None
    entry: Entry | None = None
    if event.entry_id is not None:
        entry = entries.by_ids(session, person.as_actor(), [event.entry_id]).get(event.entry_id)
        if entry is None:
            return None
    told_as = str(params.get("told_as") or kind_of(event, entry, person.id))
    if not preferences.way_of(session, person.id, told_as).by_mail:
        return None
    with force_locale(person.lang):
        why = str(WHY[told_as])
        words = " ".join(sentence(event, entry, person.id, told_as).split())  # the subject: one line
    return {
        "event": event,
        "person": person,
        "entry": entry,
        "told_as": told_as,
        "words": words,
        "why": why,
        "path": address_of(entry) if entry else "/notifications",
        "settings": links.public("notifications.settings"),
        "mailing": mailing(told_as, person.id, entry),
    }


def kind_of(event: Event, entry: Entry | None, person_id: int) -> str:
    """Of a letter that was queued before kinds had names."""
    if event.kind == "comment.published":
        return "comment" if entry and entry.root and entry.root.author_id == person_id else "reply"
    if event.kind in KINDS:
        return event.kind
    return "search" if event.kind == "search.answered" else "moderation"


def mailing(told_as: str, person_id: int, entry: Entry | None) -> Mailing:
    """What stands in the head: of a discussion all letters belong together, and each bears the name of who wrote."""
    off = links.off(person_id, told_as)
    if told_as not in OF_WRITING or entry is None:
        return Mailing(told_as, off, person_id)
    return Mailing(told_as, off, person_id, entry.signature, entry.root_id)


def written(params: dict[str, object]) -> dict[str, object] | None:
    """The same for what somebody wrote: not while it is hidden."""
    values = told(params)
    entry = values["entry"] if values else None
    if values is None or not isinstance(entry, Entry) or not entry.is_published:
        return None
    if entry.root_id is not None and not (entry.root and entry.root.is_published):
        return None
    title = within_quotes(" ".join((entry.root or entry).headline.split()))
    return values | {"quote": getattr(entry, "summary", "") or entry.markup, "title": title}
