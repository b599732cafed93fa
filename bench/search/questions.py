"""What is asked, as files that every measured process reads."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

EACH = 40  # questions of a kind in a round


@dataclass(frozen=True)
class Question:
    """A text and the facets chosen beside it; `terms` are its search terms, for engines that take no text."""

    text: str
    terms: list[str]
    filters: dict[str, list[str]]
    document: int  # the one it was drawn from
    body: str = ""


Questions = dict[str, list[Question]]


def slices(some: Sequence[Question], most: int = EACH) -> list[Sequence[Question]]:
    """The questions of each round, at most so many of them; the first slice is for growing warm."""
    return [some[start : start + EACH][:most] for start in range(0, len(some), EACH)]


def write(questions: Questions, path: Path) -> None:
    """For the processes that ask."""
    path.write_text(json.dumps({kind: [asdict(one) for one in some] for kind, some in questions.items()}, ensure_ascii=False))


def read(path: Path) -> Questions:
    """What `write` wrote."""
    return {kind: [Question(**one) for one in some] for kind, some in json.loads(path.read_text()).items()}
