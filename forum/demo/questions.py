"""What the demonstration's people looked for in vain, and what was found since."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from forum.core.clock import now
from forum.core.once import insert_once
from forum.demand.models import Unmet
from forum.demand.screening import screen
from forum.demo.reading import CONTENT, Written
from forum.practices.models import Practice


def load_questions(session: Session, practices: Mapping[str, Practice]) -> None:
    """Questions as if they had been asked in the last months; those that are there stay as they are."""
    written: list[Written] = json.loads((CONTENT / "questions.json").read_text("utf-8"))
    for one in written:
        question = screen(one["text"], one["text"], True)
        if question is None:
            raise ValueError(f"{one['text']}: would never be counted")
        answer = {"answered_by_id": practices[one["practice"]].id, "answered_at": _ago(one["answered"])} if "practice" in one else {}
        asked = {"times": one["times"], "first_on": _ago(one["first"]).date(), "last_on": _ago(one["last"]).date()}
        insert_once(session, Unmet, key=question.key, text=question.text, **asked, **answer)


def _ago(days: int) -> datetime:
    return now() - timedelta(days=days)
