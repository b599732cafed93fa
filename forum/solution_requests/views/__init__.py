"""Pages about requests: asking, offering, closing, lists."""

from forum.moderation.moving_forms import LABELS
from forum.practices import following
from forum.solution_requests import labels, wording
from forum.solution_requests.lists import R
from forum.solution_requests.models import SolutionRequest
from forum.solution_requests.views import closing, elsewhere, feed, listing, offering, reading, writing  # noqa: F401 – their addresses
from forum.solution_requests.views.blueprint import bp

blueprints = (bp,)
wording.register()
following.TITLES["request"] = (SolutionRequest.__table__, R.title)
LABELS["request"] = lambda part: labels.TEXTS[part.name]
