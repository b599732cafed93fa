"""Requests of the demonstration: through the verbs of the domain, then dated as they were written.

One request of `content/requests.json`:
`{"by": handle, "on": date, "title", "problem", "limits", "most_cost", "nomination", "tags", "wanted": votes, "open_days": its term,
"offers": [{"practice": external id, "by", "on", "words", "thanked"}], "comments": […as under practices],
"adopts" or "helps": external id of what solved it, with `words`, on the day `closed`; "lapsed": the day nobody had answered}`.
"""

from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from forum.core.actor import Actor
from forum.core.clock import now
from forum.core.events import Event
from forum.demo.reading import Calendar, Written
from forum.demo.stories import date_opening
from forum.demo.talk import date_back, discuss, vote
from forum.places.models import Municipality
from forum.practices.models import Practice
from forum.solution_requests import actions
from forum.solution_requests.models import SolutionRequest


def load_requests(
    session: Session, written: list[Written], practices: dict[str, Practice], people: dict[str, Actor], calendar: Calendar
) -> None:
    """Ask each question that was not asked yet."""
    for one in written:
        known = select(SolutionRequest.id).where(SolutionRequest.title == one["title"])
        if session.scalar(known.limit(1)) is None:
            _ask(session, one, practices, people, calendar)


def _ask(session: Session, one: Written, practices: dict[str, Practice], people: dict[str, Actor], calendar: Calendar) -> None:
    asker, at = people[one["by"]], calendar.moment(one["on"])
    card = {name: one.get(name) for name in ("title", "problem", "limits", "most_cost")}
    card |= {"nomination_id": one.get("nomination"), "tags": one.get("tags", []), "until": now().date() + timedelta(days=one["open_days"])}
    request = actions.ask(session, card, session.get_one(Municipality, asker.municipality_id), asker)
    date_back(session, request, at)
    vote(session, request, people, at, ups=one["wanted"], downs=0)
    for offered in one.get("offers", ()):
        _offer(session, request, offered, practices, people, calendar)
    if "closed" in one:
        closed = calendar.moment(one["closed"])
        _close(session, request, one, practices, asker, closed)
        _date(session, request, closed)
    if "lapsed" in one:
        request.lapse()
        _date(session, request, calendar.moment(one["lapsed"]))
    discuss(session, request, one.get("comments", []), people, calendar)


def _offer(
    session: Session, request: SolutionRequest, one: Written, practices: dict[str, Practice], people: dict[str, Actor], calendar: Calendar
) -> None:
    practice, at = session.get_one(Practice, practices[one["practice"]].id), calendar.moment(one["on"])
    offer = actions.offer(session, request, practice, one["words"], people[one["by"]])
    offer.at = at
    date_back(session, offer.comment, at)
    if one.get("thanked"):
        offer.thanked_at = at + timedelta(hours=3)


def _close(
    session: Session, request: SolutionRequest, one: Written, practices: dict[str, Practice], asker: Actor, at: datetime
) -> None:
    if "adopts" in one:
        practice = session.get_one(Practice, practices[one["adopts"]].id)
        date_opening(session, actions.adopt(session, request, practice, asker), at)
    else:
        actions.close(session, request, one["words"], practices[one["helps"]].id, asker)


def _date(session: Session, request: SolutionRequest, at: datetime) -> None:
    """It was closed on a day that lies behind, and so was its term."""
    request.closed_on = request.until = at.date()
    session.flush()
    latest = select(Event.id).where(Event.entry_id == request.id, Event.kind == "request.closed").scalar_subquery()
    session.execute(update(Event).where(Event.id == latest).values(at=at))
