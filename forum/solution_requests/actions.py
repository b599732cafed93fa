"""Asking, offering, and what spans a request, its offers, the discussion and adoptions."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from forum.adoptions.actions import adopt as adopt_at_home
from forum.adoptions.models import Adoption
from forum.comments.actions import post
from forum.comments.models import Comment
from forum.core.actor import SYSTEM, Actor
from forum.core.clock import now
from forum.core.errors import Conflict, Forbidden, Refused
from forum.core.once import insert_once
from forum.entries import meeting
from forum.entries.models import Entry, State
from forum.entries.revisions import revise
from forum.moderation.rewording import REWORDING, Part, Rewording
from forum.moderation.undoing import RESTATE
from forum.places.models import Municipality
from forum.practices.models import Practice
from forum.solution_requests import policy, queries
from forum.solution_requests.models import Offer, SolutionRequest
from forum.taxonomy.models import tags_named

PLAIN = ("title", "most_cost", "needed_by", "nomination_id")
MAX_TITLE = 250
# Neither title nor slug: they would outlive the practice when it is hidden or taken back.
_OWN_LINE = "[Предлагаю практику](/practices/{})"
GONE = (State.WITHDRAWN, State.GONE)


def ask(session: Session, card: Mapping[str, Any], town: Municipality, by: Actor) -> SolutionRequest:
    """Write a request and show it, or have a moderator look first. Raises Refused as `check_complete`, `check_until` and `publish` do."""
    request = SolutionRequest(author_id=by.id, html={}, tags=[], offers_count=0)
    request.outcome = "open"
    _fill(session, request, card, town)
    request.check_complete()
    session.add(request)
    session.flush()
    request.publish(by)
    return request


def change(session: Session, request: SolutionRequest, card: Mapping[str, Any], town: Municipality, by: Actor, version: int | None) -> bool:
    """Other words; one that a moderator returned is handed in again. False where nothing differs. Conflict: somebody was first."""
    if version is not None and version != request.version:
        raise Conflict
    before, until = request.snapshot(), request.until
    revise(request, by=Actor(id=request.author_id))
    _fill(session, request, card, town)
    request.check_complete()
    session.flush()
    changed = request.snapshot() != before
    if changed:
        meeting.replace(session, request, before, by)
        request.touch(words=True)
        revise(request, by)
        request.record("request.edited", by=by)
        request.recheck(by)
    if request.state == State.DRAFT:
        request.publish(by)
    return changed or until != request.until


def _fill(session: Session, request: SolutionRequest, card: Mapping[str, Any], town: Municipality) -> None:
    needed = card.get("needed_by")
    if needed is not None and needed != request.needed_by and needed < now().date():
        raise Refused("request.until_past", field="needed_by")
    for name in PLAIN:
        setattr(request, name, card.get(name) or ("" if name == "title" else None))
    for name in ("problem", "limits"):
        try:
            request.write(name, card.get(name) or "")
        except Refused as refusal:
            raise Refused(refusal.code, field=name, **refusal.params) from refusal
    if request.until != card["until"]:
        request.check_until(card["until"])
        request.until, request.asked_on = card["until"], None
    request.move_to(town)
    request.tags = tags_named(session, list(card.get("tags", ())))


def offer(session: Session, request: SolutionRequest, practice: Practice, words: str, by: Actor) -> Offer:
    """Offer a practice with a word why: a comment that begins with the practice's address. Once for each practice.

    Raises Forbidden; Refused: `request.closed`, `request.offered_already`, `request.practice_missing`, and those of a comment.
    """
    # Whoever offers here at the same moment waits.
    session.refresh(request, attribute_names=["state", "locked", "outcome"], with_for_update=True)
    if not policy.may_answer(by, request):
        raise Forbidden
    if not policy.can_offer(by, request):
        raise Refused("request.closed")
    if not practice.is_published:
        raise Refused("request.practice_missing", field="practice")
    if not words.strip():
        raise Refused("request.why_missing", field="words")
    found = session.get(Offer, (request.id, practice.id))
    if found is not None and session.get_one(Comment, found.comment_id).state not in GONE:
        raise Refused("request.offered_already", field="practice")
    comment = post(session, request, f"{_OWN_LINE.format(practice.id)}\n\n{words.strip()}", by)
    if found is None:
        insert_once(session, Offer, request_id=request.id, practice_id=practice.id, comment_id=comment.id, at=now())
        found = session.get_one(Offer, (request.id, practice.id))
    else:
        found.comment_id, found.at, found.thanked_at, found.helped_at = comment.id, now(), None, None
    found.comment = comment
    session.flush()
    recount(session, [request.id])
    return found


def thank(session: Session, request: SolutionRequest, found: Offer, by: Actor) -> None:
    """Say thanks for an offer; again says nothing more."""
    if not policy.can_thank(by, request):
        raise Forbidden
    if found.thanked_at is None:
        found.thanked_at = now()
        request.record("request.thanked", by=by, to=found.comment.author_id, practice=found.practice_id)


def close(session: Session, request: SolutionRequest, words: str, practice_id: int | None, by: Actor) -> None:
    """Say what helped: a practice that was offered, words, or both."""
    if not policy.can_close(by, request):
        raise Forbidden
    found = session.get(Offer, (request.id, practice_id)) if practice_id else None
    request.close_helped(words, found.practice_id if found else None, by)
    if found is not None and found.helped_at is None:
        found.helped_at = now()


def adopt(session: Session, request: SolutionRequest, practice: Practice, by: Actor) -> Adoption:
    """Carry a practice out at home: opens the adoption, and the request closes itself. Raises what `adoptions.adopt` does."""
    if not policy.can_close(by, request):
        raise Forbidden
    adoption = adopt_at_home(session, practice, by)
    _solved(session, request, practice.id, adoption, by)
    return adoption


def close_by(session: Session, adoption: Adoption) -> None:
    """An adoption was opened elsewhere: requests of the same person to which that practice was offered have their answer."""
    for request in session.scalars(queries.waiting_for(adoption.practice_id, adoption.author_id)):
        _solved(session, request, adoption.practice_id, adoption, SYSTEM)


def _solved(session: Session, request: SolutionRequest, practice_id: int, adoption: Adoption, by: Actor) -> None:
    found = session.get(Offer, (request.id, practice_id))
    if found is not None and found.helped_at is None:
        found.helped_at = now()
    request.close_adopting(practice_id, adoption.id, by)


def recount(session: Session, request_ids: Iterable[int]) -> None:
    """Count anew the offers that guests can read; each request under a lock, so that two at once don't lose each other."""
    for id in sorted(set(request_ids)):
        request = session.get_one(SolutionRequest, id, with_for_update=True)
        request.offers_count = session.scalar(queries.counted(id)) or 0


def restate(session: Session, entry: Entry, snapshot: Mapping[str, Any], by: Actor) -> None:
    """Have it say again what a revision said: a moderator's correction is undone."""
    request = session.get_one(SolutionRequest, entry.id)
    session.refresh(request, attribute_names=["tags"])  # the history keeps them beside the words
    request.title = snapshot.get("title") or request.title
    for name in request.MARKDOWN:
        request.write(name, snapshot.get(name) or "")


def _parts(entry: Entry) -> list[Part]:
    request = entry.session.get_one(SolutionRequest, entry.id)
    entry.session.refresh(request, attribute_names=["tags"])
    said = [Part(name, getattr(request, name)) for name in request.MARKDOWN if getattr(request, name)]
    return [Part("title", request.title, longest=MAX_TITLE), *said]


def _reword(entry: Entry, name: str, text: str) -> None:
    request = entry.session.get_one(SolutionRequest, entry.id)
    if name == "title":
        request.title = text
    else:
        request.write(name, text)
    request.check_complete()


RESTATE["request"] = restate
REWORDING["request"] = Rewording(_parts, _reword)
