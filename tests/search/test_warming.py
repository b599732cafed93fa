"""A process that has warmed up answers its first reader as it does the others."""

import gc

from sqlalchemy import event, text

from forum.extensions import db
from forum.search import indexing
from forum.search.warming import begin, warm


def test_what_the_first_reader_would_wait_for_is_there(app, session, make, visitor):
    make.practice("Парк у реки")
    indexing.drain(session, app.extensions["search"])
    session.commit()
    app.extensions["search"].close()
    warm(app)
    asked: list[str] = []
    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda _, __, statement, *___: asked.append(statement))
    assert "<mark>Парк</mark> у реки" in visitor.client.get("/search?q=парк").text
    assert not [statement for statement in asked if "practices.html" in statement], "its words were read anew"
    app.extensions["search"].close()


def test_a_process_starts_without_an_index_and_without_tables(app):
    warm(app)
    with app.app_context():
        db.session.execute(text("ALTER TABLE entries RENAME TO elsewhere"))
        db.session.commit()
    warm(app)


def test_what_is_loaded_for_good_is_not_looked_through_with_the_garbage(app):
    before = gc.get_freeze_count()
    begin(app)
    try:
        assert gc.get_freeze_count() > before + 10_000
    finally:
        gc.unfreeze()
