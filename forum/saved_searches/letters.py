"""The letter about an answered search: asked once more, when it goes out, whether it is still wanted."""

from flask_babel import force_locale

from forum.accounts.models import Person
from forum.core.clock import now
from forum.core.events import Event
from forum.entries.models import Entry
from forum.extensions import db
from forum.notifications import post
from forum.notifications.letters import told
from forum.saved_searches import links, queries
from forum.saved_searches.describing import Descriptions
from forum.saved_searches.subscribers import LETTER


def register() -> None:
    """Guard the template."""
    post.guards[LETTER] = answered


def answered(params: dict[str, object]) -> dict[str, object] | None:
    """What the letter is rendered with; None where practice or search have gone, letters were turned off, or the receiver may not write."""
    values = told(params)
    if values is None:
        return None
    event, person, entry = values["event"], values["person"], values["entry"]
    if not (isinstance(event, Event) and isinstance(person, Person) and isinstance(entry, Entry)) or not entry.is_published:
        return None
    search = db.session.scalar(queries.told_of(event))
    if search is None or not search.mail or search.person_id != person.id or person.is_suspended(now()):
        return None
    with force_locale(person.lang):
        described = Descriptions(db.session(), person.lang, [search]).of(search)
        asked = ". ".join(filter(None, [described.words, described.line]))
    return values | {"asked": asked, "off": links.letters_off(search), "list": links.public("saved_searches.index")}
