"""Practices in other hands than their author's, and one that nobody has confirmed for long."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from forum.core.actor import SYSTEM, Actor
from forum.entries.revisions import revise
from forum.practices.models import Practice

HANDED_OVER, ASKED, STALE = "demo-001", "demo-032", "demo-005"
REASON = "Автор перешёл на другую работу и больше не отвечает на вопросы. Практику ведёт его коллега."


def tell(session: Session, people: Mapping[str, Actor], practices: Mapping[str, Practice]) -> None:
    """A keeper who left, one who is asked, one who never answered."""
    session.flush()
    passed = practices[HANDED_OVER]
    employee = people["employee"].id
    assert employee is not None  # loaded just now
    passed.hand_over(employee, people["regional"], REASON)
    passed.contact = "Ирина Лесина, управление городского хозяйства: 8 (484) 555-01-06"
    revise(passed, people["employee"])
    practices[ASKED].asked = 1
    practices[STALE].asked = 2
    practices[STALE].mark_stale(SYSTEM)
