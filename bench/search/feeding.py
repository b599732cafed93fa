"""Work on the documents of an instance in a process of its own: `python -m bench.search.feeding draw|tokens|count FILE [ROUNDS]`.

`tokens` writes each document as a line of its search terms, which is what the peers index; so all hold the same documents.
"""

import json
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from bench.search import questions
from bench.search.drawing import draw
from forum import create_app
from forum.extensions import db
from forum.search import documents
from forum.search.analysis import tokens
from forum.search.port import Document

BATCH = 300


def everything(session: Session) -> Iterator[Document]:
    """All that a rebuild takes."""
    for after in (documents.entries_after, documents.people_after):
        last, looked_at = 0, 1
        while looked_at:
            found, last, looked_at = after(session, last, BATCH)
            yield from found
            session.expunge_all()


def write_questions(session: Session, path: Path) -> dict[str, Any]:
    """The questions, and how many documents a drawn word stands for."""
    drawn = draw(session, int(sys.argv[3]))
    questions.write(drawn, path)
    return {kind: len(some) for kind, some in drawn.items()}


def write_tokens(session: Session, path: Path) -> dict[str, Any]:
    """The lines, and the seconds that reading and analysing took."""
    began, count = time.perf_counter(), 0
    with path.open("w") as file:
        for document in everything(session):
            file.write(f"{document.id}\t{' '.join(tokens(document.title) + tokens(document.body))}\n")
            count += 1
    return {"documents": count, "seconds": time.perf_counter() - began}


def count_documents(session: Session, path: Path) -> dict[str, Any]:
    """How many documents the engine holds."""
    return {"documents": len(create_app().extensions["search"].versions())}


def main() -> None:
    """One command."""
    commands: dict[str, Callable[[Session, Path], dict[str, Any]]] = {
        "draw": write_questions, "tokens": write_tokens, "count": count_documents,
    }  # fmt: skip
    app = create_app()
    with app.app_context(), Session(db.engine) as session:
        print(json.dumps(commands[sys.argv[1]](session, Path(sys.argv[2]))))


if __name__ == "__main__":
    main()
