"""A memory for answers that stay good while something does."""

from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy.orm import Session

Answer = TypeVar("Answer")


class Memo:
    """The last answer to each question, good for one version of the pages. One a process; threads at worst ask twice."""

    def __init__(self) -> None:
        self._kept: dict[Callable[[Session], Any], tuple[int, Any]] = {}

    def ask(self, question: Callable[[Session], Answer], session: Session, version: int) -> Answer:
        """What the question answers at this version of the pages."""
        kept = self._kept.get(question)
        if kept is None or kept[0] != version:
            self._kept[question] = kept = (version, question(session))
        answer: Answer = kept[1]
        return answer
