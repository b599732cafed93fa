"""What a process does before its first reader comes: files are opened, the dictionary is loaded and statements are built then."""

import gc
from contextlib import suppress

from flask import Flask
from sqlalchemy.exc import OperationalError, ProgrammingError
from sqlalchemy.orm import Session

from forum.core.actor import GUEST
from forum.core.database import reading
from forum.extensions import db
from forum.search.documents import indexed_kinds
from forum.search.found import find
from forum.search.port import Query, Unavailable


def warm(app: Flask) -> None:
    """Let the engine read ahead, ask for a misspelt word, then read one entry of each kind; search and database say when they can't."""
    kept, kinds = app.extensions, [kind.__mapper__.polymorphic_identity for kind in indexed_kinds()]
    questions = [Query("прогреть поисск"), *(Query(kinds=[str(kind)], limit=1) for kind in kinds)]
    with app.app_context(), suppress(Unavailable, OperationalError, ProgrammingError), reading(), Session(db.engine) as session:
        kept["search"].prepare()
        for question in questions:
            find(session, GUEST, kept["search"], question, kept["synonyms"], kept["shelf"].load)


def begin(app: Flask) -> None:
    """Warm up, and look no more through what is loaded for good: collecting garbage among it takes as long as half a page of results."""
    warm(app)
    gc.collect()
    gc.freeze()
