"""Pages about trust: what levels allow, why an entry waits, and the list of words."""

from forum.trust.views import holding, levels, words  # noqa: F401 – their routes
from forum.trust.views.blueprint import bp

blueprints = (bp,)
