"""What a person takes away of their saved searches."""

from typing import Any

from sqlalchemy.orm import Session

from forum.saved_searches import queries


def kept_by(session: Session, person_id: int) -> dict[str, Any]:
    """The part of the file with a person's own data."""
    searches = [
        {"text": search.text, "filters": search.filters, "mail": search.mail, "created_at": search.created_at.isoformat()}
        for search in session.scalars(queries.newest(person_id))
    ]
    return {"saved_searches": searches}
