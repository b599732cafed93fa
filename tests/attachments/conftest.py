"""The worker and the indexer at a word."""

import pytest

from forum.attachments import extracting
from forum.extensions import db
from forum.search import indexing


@pytest.fixture
def read_all(app, session):
    """Has the worker read the documents that wait, and the index follow."""

    def go() -> None:
        session.rollback()
        with app.app_context():
            extracting.extract_due()
            db.session.remove()
        indexing.drain(session, app.extensions["search"])
        session.commit()

    yield go
    app.extensions["search"].close()
