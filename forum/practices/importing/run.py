"""A whole file at a time: cards in batches, a transaction each, with all that was wrong gathered by line."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from forum.core.actor import Actor
from forum.core.errors import Refused
from forum.practices.importing.apply import Importer, Outcome
from forum.practices.importing.card import Card, parse
from forum.practices.importing.files import Line
from forum.practices.importing.naming import Rejected

BATCH = 25
# SQLite's waiting writers look every tenth of a second whether the lock is free, and are served by chance: without a
# pause between batches they could wait past their patience while a long file comes in.
PAUSE = 0.25


@dataclass(slots=True)
class Report:
    """What became of a file: counts by outcome, (line, problem) for what was bad, and the columns nothing reads."""

    counts: dict[Outcome, int] = field(default_factory=lambda: dict.fromkeys(Outcome, 0))
    bad_rows: int = 0
    problems: list[tuple[int, Refused]] = field(default_factory=list)
    unknown: set[str] = field(default_factory=set)

    def reject(self, line: int, problems: Iterable[Refused]) -> None:
        """Note a row that was not imported."""
        self.bad_rows += 1
        self.problems += [(line, problem) for problem in problems]

    @property
    def good_rows(self) -> int:
        return sum(self.counts.values())


def parsed(lines: Iterable[Line], report: Report) -> list[tuple[int, Card]]:
    """The cards of good rows; bad ones go to the report. The first row of an external id counts, repetitions are bad."""
    cards: list[tuple[int, Card]] = []
    first: dict[str | None, int] = {}
    for line, row in lines:
        result = [row] if isinstance(row, Refused) else parse(row)
        if isinstance(result, list):
            report.reject(line, result)
        elif result.external_id in first:
            report.reject(line, [Refused("import.repeated", field="external_id", line=first[result.external_id])])
        else:
            first[result.external_id] = line
            report.unknown |= result.unknown
            cards.append((line, result))
    return donors_first(cards)


def donors_first(cards: list[tuple[int, Card]]) -> list[tuple[int, Card]]:
    """The same cards, each after its donor where that is among them; a ring of donors stays as it is."""
    by_id = {card.external_id: (line, card) for line, card in cards}
    ordered: dict[str | None, tuple[int, Card]] = {}
    for line, card in cards:
        chain = {card.external_id: (line, card)}
        donor = card.values.get("donor")
        while donor in by_id and donor not in ordered and donor not in chain:
            chain[donor] = by_id[donor]
            donor = by_id[donor][1].values.get("donor")
        ordered |= {key: chain[key] for key in reversed(chain) if key not in ordered}
    return list(ordered.values())


def give_way() -> None:
    """Let the writers of a running site have their turn."""
    time.sleep(PAUSE)


def bring_in(
    session: Session,
    cards: list[tuple[int, Card]],
    report: Report,
    *,
    by: Actor,
    publish: bool = False,
    dry_run: bool = False,
    progress: Callable[[int], object] = lambda _: None,
) -> None:
    """Apply the cards; every batch is committed, or, in a dry run, nothing is."""
    importer = Importer(session, by, publish)
    for start in range(0, len(cards), BATCH):
        batch = cards[start : start + BATCH]
        importer.foresee([card.external_id for _, card in batch if card.external_id])
        for line, card in batch:
            try:
                _, outcome = importer.apply(card)
                report.counts[outcome] += 1
            except Rejected as error:
                report.reject(line, error.problems)
        # A dry run lets go after each batch too: it must not keep the writers of a running site waiting.
        importer.take_back() if dry_run else session.commit()
        if session.get_bind().dialect.name == "sqlite":
            give_way()
        progress(len(batch))
