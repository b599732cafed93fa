"""The letter about a mention: asked once more, when it goes out, whether it is still wanted."""

from forum.accounts.models import Person
from forum.core.events import Event
from forum.entries.models import Entry
from forum.extensions import db
from forum.follows.subscribers import MENTION, in_muted
from forum.notifications import post
from forum.notifications.letters import told


def register() -> None:
    """Guard the template."""
    post.guards[MENTION] = mentions


def mentions(params: dict[str, object]) -> dict[str, object] | None:
    """What the letter is rendered with; None where the words have gone, or the receiver wants no such letters."""
    values = told(params)
    if values is None:
        return None
    event, person, entry = values["event"], values["person"], values["entry"]
    if not (isinstance(event, Event) and isinstance(person, Person) and isinstance(entry, Entry)):
        return None
    public = entry.is_published and (entry.root_id is None or (entry.root is not None and entry.root.is_published))
    return values if public and person.mail_replies and not in_muted(db.session(), person, event) else None
