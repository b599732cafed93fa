"""Rows of a volume, table by table, as dictionaries for bulk inserts."""

from collections.abc import Iterator
from datetime import datetime
from random import Random
from typing import Any

from forum.accounts.models import Role
from forum.attachments.models import DocumentKind, Licence, TextState
from forum.core.files import key_for
from forum.core.slug import slugify
from forum.core.text import RENDERER_VERSION
from forum.demo import words
from forum.demo.prose import Prose
from forum.demo.volume import END, SPAN, Plan, is_hidden
from forum.entries.models import State
from forum.practices.models import Indicator, Resource, Status, Step
from forum.practices.models.owned import PATIENCE, SINKS, YEAR
from forum.practices.reckoning import reckoned

# The bytes of all documents of a volume; their texts differ.
PAPER = "Документ для проверки скорости.\n".encode()
PAPERED = 4  # of so many practices one has a document
KINDS, LICENCES = tuple(DocumentKind), (*Licence, None)

Row = dict[str, Any]
Rows = dict[str, list[Row]]

SECTIONS = {"problem": 2, "solution": 3, "results": 1, "lessons": 1}
STATUSES = (Status.IMPLEMENTED, Status.IMPLEMENTED, Status.SCALING, Status.FINISHED, Status.PILOT, Status.FAILED)


def people(plan: Plan, password_hash: str) -> Iterator[Row]:
    """Employees with names, places and one password for all."""
    chance = Random(f"people {plan.volume.seed}")
    for number in range(plan.volume.people):
        first, last = (words.FIRST_NAMES_M, "") if number % 2 else (words.FIRST_NAMES_F, "а")
        joined = END - SPAN - SPAN * (number / plan.volume.people)
        yield {
            "id": plan.first_person + number,
            "handle": f"bulk{plan.volume.seed}-{number}",
            "email": f"bulk{plan.volume.seed}-{number}@bulk.example",
            "password_hash": password_hash,
            "name": f"{chance.choice(first)} {chance.choice(words.SURNAMES)}{last}",
            "position": chance.choice(words.POSITIONS),
            "municipality_id": plan.places.pick()[0][0],
            "role": Role.EMPLOYEE,
            "created_at": joined,
            "confirmed_at": joined,
            "verified_at": joined,
        }


class Writer:
    """Makes the rows of practices and comments; what belongs together goes into one batch."""

    def __init__(self, plan: Plan, prose: Prose) -> None:
        self.plan, self.prose, self.chance = plan, prose, plan.chance
        # Apart, so that documents change nothing of what a seed has always given.
        self.typist = Prose(Random(f"papers {plan.volume.seed}"))
        self.region_of: dict[int, str] = {}
        self.place_of: dict[int, int] = {}
        self.said: dict[int, int] = {}
        self.latest: dict[int, list[tuple[int, int]]] = {}

    def practice(self, number: int, rows: Rows) -> None:
        """Add the rows of one practice: entry, card, tags, votes, event."""
        plan, chance = self.plan, self.chance
        entry_id, author = plan.first_entry + number, plan.author(number)
        state, at = plan.state(number), plan.published(number)
        place, region, profile = plan.places.pick()[0]
        self.region_of[number], self.place_of[number] = region, place
        seen = state == State.PUBLISHED
        count = plan.comments_of[number]
        entry = entry_row(entry_id, "practice", state, author, None, region, at)
        ups, downs = self._votes(entry_id, author, at, rows, min(int(chance.paretovariate(0.9)), 200)) if seen else (0, 0)
        entry |= {"ups": ups, "downs": downs, "score": ups - downs, "comments_count": count}
        entry["last_comment_at"] = plan.said(number, count - 1) if count else None
        rows["entries"].append(entry)
        listed = dict(zip(LISTED, (at, ups - downs, count, 0), strict=True)) if seen else dict.fromkeys(LISTED)
        listed |= kept(number, author, at, seen)
        card = self._card(number, entry_id, at) | {"municipality_id": place, "region": region, "profile": profile} | listed
        rows["practices"].append(card | reckoned(card | UNTOLD | plan.towns[place], plan.prices))
        tags = dict.fromkeys(plan.tags.pick(chance.randint(1, 4)))
        rows["practice_tags"] += [{"practice_id": entry_id, "tag_id": tag} for tag in tags]
        if number % PAPERED == 1:
            self._document(number, entry_id, author, at, rows)
        if seen:
            rows["events"].append(event_row("practice.published", entry_id, author, at))

    def _document(self, number: int, entry_id: int, author: int, at: datetime, rows: Rows) -> None:
        """A document whose text has been read."""
        file_id = self.plan.first_file + number // PAPERED
        kind, licence = KINDS[number // PAPERED % len(KINDS)], LICENCES[number // PAPERED % len(LICENCES)]
        file = {"id": file_id, "entry_id": entry_id, "is_photo": False, "key": key_for(PAPER), "name": f"Документ {number}.txt"}
        file |= {"media_type": "text/plain; charset=utf-8", "size": len(PAPER), "alt": "", "position": 1, "uploaded_by_id": author}
        rows["attachments"].append(file | {"at": at, "kind": kind, "licence": licence, "text_state": TextState.DONE, "text_tries": 1})
        text = "\n".join(_first_up(self.typist.sentence()) for _ in range(12))
        rows["attachment_texts"].append({"attachment_id": file_id, "text": text})

    def _card(self, number: int, entry_id: int, at: datetime) -> Row:
        chance, prose = self.chance, self.prose
        texts = {name: prose.section(blocks) for name, blocks in SECTIONS.items()}
        title = prose.title()
        year, roll = at.year - chance.randint(0, 3), chance.randint
        return {
            "id": entry_id,
            "external_id": f"bulk-{self.plan.volume.seed}-{number}",
            "title": title,
            "slug": slugify(title),
            "summary": prose.summary(),
            "nomination_id": self.plan.nominations.pick()[0],
            "status": (status := chance.choice(STATUSES)),
            "obstacles": self._met() if status == Status.FAILED else [],
            **{name: block.text for name, block in texts.items()},
            "html": {name: block.html for name, block in texts.items()},
            "html_version": RENDERER_VERSION,
            "cost_local": roll(1, 900) * 10_000,
            "cost_regional": roll(0, 300) * 10_000,
            "cost_extra": roll(0, 200) * 10_000,
            "started": f"{year - 1}-{roll(1, 12):02}",
            "finished": f"{year}-{roll(1, 12):02}",
            "year": year,
            "beneficiaries": roll(100, 60_000),
            "participants": roll(3, 400),
            "package_downloads": number * 7919 % 40 if number % PAPERED == 1 else 0,
            "steps": [Step(_first_up(prose.sentence()), chance.choice(words.WHEN), chance.choice(words.WHO)) for _ in range(3)],
            "resources": [Resource("partner", _first_up(chance.choice(words.WHO)))],
            "indicators": [Indicator("Доля довольных жителей", "%", roll(20, 50), roll(51, 95), f"{year}-12", "опрос")],
        }

    def _met(self) -> list[str]:
        """One to three obstacles."""
        met = self.chance.choices(self.plan.obstacles or [""], k=self.chance.randint(1, 3))
        return [code for code in self.plan.obstacles if code in met]

    def comment(self, nth: int, rows: Rows) -> None:
        """Add the rows of the nth comment of the volume: entry, words, votes, event."""
        plan, chance = self.plan, self.chance
        number = plan.talk[nth]
        entry_id, root_id = plan.first_entry + plan.volume.practices + nth, plan.first_entry + number
        author = plan.author(nth * 31 + 7)
        hidden = is_hidden(nth)
        at = plan.said(number, self.said.get(number, 0))
        parent_id, thread_id = self._place_in_talk(number, entry_id, hidden)
        entry = entry_row(entry_id, "comment", State.HIDDEN if hidden else State.PUBLISHED, author, root_id, self.region_of[number], at)
        if not hidden:
            self.said[number] = self.said.get(number, 0) + 1
            if chance.random() < 0.15:
                ups, downs = self._votes(entry_id, author, at, rows, chance.randint(1, 4))
                entry |= {"ups": ups, "downs": downs, "score": ups - downs}
        rows["entries"].append(entry)
        words_ = self.prose.comment()
        rows["comments"].append(
            {"id": entry_id, "on_id": root_id, "thread_id": thread_id, "parent_id": parent_id, "body": words_.text, "html": words_.html}
        )
        rows["events"].append(event_row("comment.published", entry_id, author, at))

    def _place_in_talk(self, number: int, entry_id: int, hidden: bool) -> tuple[int | None, int | None]:
        """Every third answers one of the last few on the page; the ids of the parent and of the thread."""
        lately = self.latest.setdefault(number, [])
        parent_id, thread_id = self.chance.choice(lately) if lately and self.chance.random() < 0.35 else (None, None)
        if not hidden:
            lately.append((entry_id, thread_id or entry_id))
            del lately[:-4]
        return parent_id, thread_id

    def _votes(self, entry_id: int, author: int, at: datetime, rows: Rows, wanted: int) -> tuple[int, int]:
        """One row for every vote that is counted: numbers for and against."""
        people, first = self.plan.volume.people, self.plan.first_person
        start = self.chance.randrange(people)
        voters = [person for person in (first + (start + step) % people for step in range(min(wanted, people))) if person != author]
        downs = len(voters) // 8
        rows["votes"] += [
            {"entry_id": entry_id, "person_id": person, "value": -1 if step < downs else 1, "at": at} for step, person in enumerate(voters)
        ]
        return len(voters) - downs, downs


def kept(number: int, author: int, at: datetime, seen: bool) -> Row:
    """Who leads a practice, and when it was last confirmed: of twenty one has nobody, of fifteen old ones one is not confirmed."""
    keeper = None if number % 20 == 7 else author
    due, row = at + YEAR, {"keeper_id": keeper, "confirmed_at": None, "valid_on": None, "check_at": None, "asked": 0, "stale": False}
    if not seen:
        return row
    if due > END:
        return row | {"check_at": due}
    if number % 15 == 0 and due + 2 * PATIENCE < END:
        return row | {"asked": 2, "stale": True, "listed_at": at - SINKS}
    return row | {"confirmed_at": due, "valid_on": due.date(), "check_at": due + YEAR}


UNTOLD = {"cost_federal": None, "upkeep": None}
LISTED = ("listed_at", "list_score", "list_comments", "list_adoptions")


def entry_row(entry_id: int, kind: str, state: State, author: int, root_id: int | None, region: str, at: datetime) -> Row:
    """A row of `entries`."""
    return {
        "id": entry_id,
        "kind": kind,
        "state": state,
        "author_id": author,
        "root_id": root_id,
        "region_code": region,
        "created_at": at,
        "changed_at": at,
        "published_at": at if state in (State.PUBLISHED, State.HIDDEN) else None,
        "version": 2,
        **dict.fromkeys(("ups", "downs", "score", "comments_count"), 0),
        "last_comment_at": None,
        "note": "Реклама" if state == State.HIDDEN else None,
    }


def event_row(kind: str, entry_id: int, author: int, at: datetime) -> Row:
    """That something happened to an entry, by its author."""
    who = {"actor_id": author, "actor_role": Role.EMPLOYEE, "person_id": author}
    return {"kind": kind, "at": at, "entry_id": entry_id, "data": {"first": True}, **who}


def _first_up(text: str) -> str:
    return text[:1].upper() + text[1:]
