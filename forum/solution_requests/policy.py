"""Who may ask, offer, answer for a request, and close it."""

from forum.core.actor import Actor
from forum.entries.policy import TAKEN_AWAY, can_comment
from forum.solution_requests.models import Outcome, SolutionRequest

ANSWERABLE = (Outcome.OPEN, Outcome.UNANSWERED)  # late help is help


def can_ask(actor: Actor) -> bool:
    """Members."""
    return not actor.is_guest and actor.may_write


def can_change(actor: Actor, request: SolutionRequest) -> bool:
    """Its author, while no moderator has hidden it and it was not closed."""
    return actor.may_write and actor.id == request.author_id and request.state not in TAKEN_AWAY and request.outcome in ANSWERABLE


def may_answer(actor: Actor, request: SolutionRequest) -> bool:
    """Members who may speak there, on what others ask: they can offer something, or could until it was closed."""
    return actor.id != request.author_id and can_comment(actor, request)


def can_offer(actor: Actor, request: SolutionRequest) -> bool:
    """The same, while nobody has closed it."""
    return request.outcome in ANSWERABLE and may_answer(actor, request)


def can_close(actor: Actor, request: SolutionRequest) -> bool:
    """Its author, while others can read it."""
    return can_change(actor, request) and request.is_published


def can_thank(actor: Actor, request: SolutionRequest) -> bool:
    """Its author, also after it was closed."""
    return actor.may_write and actor.id == request.author_id and request.is_published
