"""Pages about requests: asking, offering, closing, lists."""

from forum.solution_requests import wording
from forum.solution_requests.views import closing, elsewhere, feed, listing, offering, reading, writing  # noqa: F401 – their addresses
from forum.solution_requests.views.blueprint import bp

blueprints = (bp,)
wording.register()
