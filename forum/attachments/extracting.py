"""Reading the texts of documents: a job of the worker. A row of `attachments` that waits is its own order, given with the file.

Nothing is held while a document is read, and that happens in a process apart (`reader`): whatever a file does, it does there.
"""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import structlog
from flask import current_app
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from forum.attachments import queries
from forum.attachments.models import Attachment, AttachmentText, TextState
from forum.core.database import reading
from forum.core.files import StoreAway
from forum.core.kinds import KINDS
from forum.core.stamps import QUIET
from forum.extensions import db
from forum.search.queue import enqueue

READER = Path(__file__).with_name("reader.py")
PATIENCE = 40  # seconds on the clock
TRIES = 3  # a document that ends the worker each time is left alone after so many

log = structlog.get_logger()


def extract_due() -> int:
    """Read the documents that wait; how many were tried."""
    with reading():
        ids = db.session.scalars(queries.waiting_for_text()).all()
        db.session.rollback()
    try:
        for attachment_id in ids:
            extract(attachment_id)
    except StoreAway as error:  # they wait on
        db.session.rollback()
        log.warning("documents_unreachable", error=str(error))
        return 0
    return len(ids)


def extract(attachment_id: int) -> None:
    """Read one document, in two short transactions. Raises StoreAway."""
    session = db.session()
    with reading():
        file = session.execute(queries.to_be_read(attachment_id)).one_or_none()
        session.rollback()
    if file is None:
        return
    if file.text_tries >= TRIES:
        _keep(session, attachment_id, TextState.TOO_MUCH, "")
        return
    content = current_app.extensions["files"].get(file.key)
    _change(session, attachment_id, text_tries=file.text_tries + 1)
    session.commit()
    state, text = read(_kind_of(file.media_type), content) if content else (TextState.BROKEN, "")
    _keep(session, attachment_id, state, text)


def read(kind: str, content: bytes) -> tuple[TextState, str]:
    """The text of a file, and what became of it: decided by another process, which may not come back."""
    command = [sys.executable, "-I", str(READER), kind]
    surroundings = {"OPENBLAS_NUM_THREADS": "1", "PYTHONUTF8": "1"}
    try:
        done = subprocess.run(command, input=content, capture_output=True, timeout=PATIENCE, env=surroundings, check=True, cwd="/")
        told = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError) as error:
        log.info("document_unread", kind=kind, error=type(error).__name__)
        return TextState.TOO_MUCH, ""
    return TextState(told["state"]), told["text"]


def ask_again(session: Session, progress: Callable[[int], object] = lambda _: None) -> int:
    """Have those read that nobody has asked for: files of before there were texts. How many; commits."""
    count = 0
    while ids := session.scalars(queries.never_read()).all():
        session.execute(update(Attachment).where(Attachment.id.in_(ids)).values(text_state=TextState.WAITING), execution_options=QUIET)
        session.commit()
        count += len(ids)
        for attachment_id in ids:
            extract(attachment_id)
            progress(1)
    return count


def _kind_of(media_type: str) -> str:
    return next((kind.name for kind in KINDS.values() if kind.media_type == media_type), "")


def _keep(session: Session, attachment_id: int, state: TextState, text: str) -> None:
    """Note what became of it, unless the document is gone meanwhile; the index follows."""
    entry_id = session.scalar(select(Attachment.entry_id).where(Attachment.id == attachment_id).with_for_update())
    if entry_id is not None:
        _change(session, attachment_id, text_state=state)
        session.execute(delete(AttachmentText).where(AttachmentText.attachment_id == attachment_id))
        if text:
            session.add(AttachmentText(attachment_id=attachment_id, text=text))
            enqueue(session, [entry_id])
    session.commit()


def _change(session: Session, attachment_id: int, **values: Any) -> None:
    # Readers see nothing of it: pages kept for guests stay good.
    session.execute(update(Attachment).where(Attachment.id == attachment_id).values(**values), execution_options=QUIET)
