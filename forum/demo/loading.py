"""The hand-written demonstration into the database: one transaction, safe to repeat."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from forum.bookmarks.models import Bookmark
from forum.comments.models import Comment
from forum.core.actor import Actor
from forum.core.clock import now
from forum.core.events import Event
from forum.core.files import FileStore
from forum.core.letters import Letter
from forum.core.once import insert_once
from forum.demo import following, owners, reading, telling
from forum.demo.asking import load_requests
from forum.demo.papers import load_papers
from forum.demo.people import load_people
from forum.demo.questions import load_questions
from forum.demo.reading import Calendar, Written
from forum.demo.stories import load_stories
from forum.demo.talk import date_back, discuss, vote
from forum.moderation import actions
from forum.practices.importing import Card, Importer, Outcome, parse
from forum.practices.models import Practice


@dataclass(slots=True)
class Loaded:
    """What is there: practices by external id; for those made now, their comments of the first level."""

    practices: dict[str, Practice] = field(default_factory=dict)
    talk: dict[str, list[Comment]] = field(default_factory=dict)


def load(
    session: Session, password_hash: str, progress: Callable[[int], object] = lambda _: None, store: FileStore | None = None
) -> Loaded:
    """People, practices, comments, votes, documents (given a `store`), and something for the moderator to do. The caller commits."""
    began, since = now(), session.scalar(select(func.max(Event.id))) or 0
    written = reading.practices()
    desk = reading.moderation()
    calendar = Calendar(reading.latest([*written, *desk["practices"]]))
    people = load_people(session, reading.people(), password_hash, calendar)
    loaded = Loaded()
    importer = Importer(session, by=people["admin"], publish=True)
    for one in [*written, *desk["practices"]]:
        _practice(importer, one, people, calendar, loaded)
        progress(1)
    load_stories(session, reading.adoptions(), loaded.practices, people, calendar)
    load_requests(session, reading.requests(), loaded.practices, people, calendar)
    importer.publish, importer.by = False, people[desk["draft"]["author"]]
    importer.apply(_card(desk["draft"]))
    _moderate(session, desk, people, loaded)
    if loaded.talk:
        following.load_follows(session, people, loaded.practices)
        owners.tell(session, people, loaded.practices)
    telling.settle(session, since)
    following.keep_digests(session, people, began)
    for handle, kept in desk["bookmarks"].items():
        for external_id in kept:
            insert_once(session, Bookmark, person_id=people[handle].id, entry_id=loaded.practices[external_id].id)
    load_questions(session, loaded.practices)
    if store is not None:
        authors = {one["external_id"]: people[one["author"]] for one in written if one["external_id"] in loaded.talk}
        load_papers(session, store, loaded.practices, authors)
    session.flush()
    # Nobody asked these people for their letters.
    session.execute(delete(Letter).where(Letter.created_at >= began))
    return loaded


def total() -> int:
    """How many practices `load` goes through."""
    return len(reading.practices()) + len(reading.moderation()["practices"])


def _card(one: Written) -> Card:
    card = parse(one)
    if isinstance(card, list):
        raise ValueError(f"{one.get('external_id')}: {[(problem.field, problem.code) for problem in card]}")
    return card


def _practice(importer: Importer, one: Written, people: dict[str, Actor], calendar: Calendar, loaded: Loaded) -> None:
    session, importer.by = importer.session, people[one["author"]]
    practice, outcome = importer.apply(_card(one))
    loaded.practices[one["external_id"]] = practice
    if outcome != Outcome.ADDED:
        return
    moment = calendar.moment_of(one, one["published"])
    date_back(session, practice, moment)
    vote(session, practice, people, moment, ups=one["votes"], downs=max(0, random.Random(one["external_id"]).randint(-3, 3)))
    loaded.talk[one["external_id"]] = discuss(session, practice, one["comments"], people, calendar)


def _moderate(session: Session, desk: Written, people: dict[str, Actor], loaded: Loaded) -> None:
    """A hidden practice and open reports; only where they were made now, for the moderator may have decided since."""
    hidden = desk["hidden"]
    if hidden["practice"] in loaded.talk:
        practice = loaded.practices[hidden["practice"]]
        actions.hide(session, practice, people[hidden["by"]], hidden["reason"])
    for one in desk["reports"]:
        if one["practice"] in loaded.talk:
            entry = loaded.talk[one["practice"]][one["comment"]] if "comment" in one else loaded.practices[one["practice"]]
            actions.report(session, entry, people[one["by"]], one["reason"], one["note"])
