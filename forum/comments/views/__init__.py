"""Pages of comments: writing and rewriting, and the ways to one."""

from forum.comments.views import reading, writing  # noqa: F401 – their routes
from forum.comments.views.blueprint import bp

blueprints = (bp,)
