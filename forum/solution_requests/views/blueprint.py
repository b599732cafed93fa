"""The one blueprint of the feature's pages, and how its views find their request."""

from flask import Blueprint, g

from forum.solution_requests import labels, policy, queries
from forum.solution_requests.models import SolutionRequest
from forum.web.access import require
from forum.web.canonical import outside
from forum.web.lookup import find_or_404

bp = Blueprint("requests", __name__)

# A number that every database takes: greater ones are no address of ours.
ID = "int(max=2147483647)"

bp.add_app_template_global(labels.outcome, "request_outcome")


def find(id: int, *, writing: bool = False) -> SolutionRequest:
    """The request, where the reader may see it; else 404."""
    found: SolutionRequest = find_or_404((queries.for_writing if writing else queries.by_id)(id, g.actor))
    return found


def own(id: int, *, writing: bool = False) -> SolutionRequest:
    """The same for its author while it can be changed; else 403."""
    request = find(id, writing=writing)
    require(policy.can_change(g.actor, request))
    return request


@bp.record_once
def _into_sitemap(state: object) -> None:
    state.app.extensions["sitemap"].append(lambda: [outside("requests.index")])  # type: ignore[attr-defined]
