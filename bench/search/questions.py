"""What is asked, as files that every measured process reads."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Question:
    """A text and the facets chosen beside it; `terms` are its search terms, for engines that take no text."""

    text: str
    terms: list[str]
    filters: dict[str, list[str]]
    document: int  # the one it was drawn from
    body: str = ""


Questions = dict[str, list[Question]]


def write(questions: Questions, path: Path) -> None:
    """For the processes that ask."""
    path.write_text(json.dumps({kind: [asdict(one) for one in some] for kind, some in questions.items()}, ensure_ascii=False))


def read(path: Path) -> Questions:
    """What `write` wrote."""
    return {kind: [Question(**one) for one in some] for kind, some in json.loads(path.read_text()).items()}
