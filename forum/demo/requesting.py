"""Requests for a solution of a volume, in rows for bulk inserts: some open, some whose time is up, some that were helped."""

from datetime import datetime, timedelta
from random import Random
from typing import Any

from forum.core.slug import slugify
from forum.core.text import RENDERER_VERSION
from forum.demo import words
from forum.demo.prose import Block, Prose
from forum.demo.rows import Row, Rows, entry_row, event_row
from forum.demo.volume import END, SPAN, Plan
from forum.entries.models import State
from forum.solution_requests.models import Outcome

PRACTICES = 50  # to one request
TERM = timedelta(days=60)
# Of five whose time is up.
ENDED = (*[Outcome.UNANSWERED] * 3, *[Outcome.HELPED] * 2)
MOST_WANTED = 9
EMPTY = Block("")


def usual(practices: int) -> int:
    """How many requests stand beside so many practices."""
    return practices // PRACTICES


class Requesting:
    """Makes the rows of requests; apart from the rest, so that they change nothing of what a seed has always given."""

    def __init__(self, plan: Plan, first: int, prose: Prose) -> None:
        self.plan, self.first, self.prose = plan, first, prose
        self.chance = Random(f"requests {plan.volume.seed}")
        self.places: list[Any] = plan.places.items
        self.tags: list[Any] = plan.tags.items
        self.nominations: list[Any] = plan.nominations.items

    def request(self, nth: int, rows: Rows) -> None:
        """Add the rows of one: entry, request, tags, the votes of those who need it too, event."""
        plan, chance, id = self.plan, self.chance, self.first + nth
        author = plan.author(nth * 17 + 3)
        at = END - SPAN + SPAN * ((nth + 1) / (plan.volume.requests + 1))
        place, region, _profile = chance.choice(self.places)
        wanted = self._wanted(id, author, at, rows)
        rows["entries"].append(entry_row(id, "request", State.PUBLISHED, author, None, region, at) | {"ups": wanted, "score": wanted})
        rows["solution_requests"].append(self._record(id, place, region, at) | {"list_wanted": wanted})
        rows["request_tags"] += [{"request_id": id, "tag_id": tag} for tag in sorted(chance.sample(self.tags, 2))]
        rows["events"].append(event_row("request.published", id, author, at))

    def _record(self, id: int, place: int, region: str, at: datetime) -> Row:
        chance, until = self.chance, at + TERM
        outcome = Outcome.OPEN if until > END else chance.choice(ENDED)
        helped = outcome == Outcome.HELPED
        texts = {"problem": self._section(), "limits": EMPTY, "closing": self._section() if helped else EMPTY}
        title = f"Где {chance.choice(words.DID)} {chance.choice(words.WHAT)} {chance.choice(words.WHEN)}?"
        return {
            **{"id": id, "title": title, "slug": slugify(title), "municipality_id": place, "region": region, "listed_at": at},
            **{name: block.text for name, block in texts.items()},
            "html": {name: block.html for name, block in texts.items()},
            "html_version": RENDERER_VERSION,
            "most_cost": chance.randint(1, 300) * 10_000,
            "nomination_id": chance.choice(self.nominations) if self.nominations else None,
            **{"until": until.date(), "outcome": outcome, "closed_on": until.date() if helped else None},
            **{"offers_count": 0, "unanswered": not helped, "matched": True},
        }

    def _section(self) -> Block:
        return self.chance.choice(self.prose.paragraphs)

    def _wanted(self, id: int, author: int, at: datetime, rows: Rows) -> int:
        """One row for each of those who need it too; how many."""
        people, first = self.plan.volume.people, self.plan.first_person
        start, wanted = self.chance.randrange(people), self.chance.randint(0, min(MOST_WANTED, people - 1))
        voters = [person for person in (first + (start + step) % people for step in range(wanted)) if person != author]
        rows["votes"] += [{"entry_id": id, "person_id": person, "value": 1, "at": at} for person in voters]
        return len(voters)
