"""A request, the practices offered to it, and whom it was worth telling of."""

from forum.solution_requests.models.offers import Offer, RequestMatch, RequestWeek
from forum.solution_requests.models.outcome import Outcome
from forum.solution_requests.models.request import SolutionRequest, request_tags

__all__ = ["Offer", "Outcome", "RequestMatch", "RequestWeek", "SolutionRequest", "request_tags"]
