"""A new practice may be what people were looking for."""

from sqlalchemy.orm import Session

from forum.core.events import Event, on
from forum.demand import queries
from forum.search import documents
from forum.search.matching import Contents, Question
from forum.search.wordlist import WordList


@on("practice.published")
def answer_questions(session: Session, event: Event) -> None:
    """Note with each waiting question that the practice fits that it has its answer; the first one keeps it while all may read it."""
    found = documents.load(session, [event.entry_id or 0])
    if not found:  # hidden or taken back before the worker came to it
        return
    contents, synonyms = Contents(found[0]), WordList().current(session)
    for unmet in session.scalars(queries.waiting()):
        if Question(unmet.text, synonyms=synonyms).answered_by(contents):
            unmet.answer(found[0].id)
