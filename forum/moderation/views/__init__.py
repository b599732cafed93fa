"""Pages of moderation."""

from forum.moderation.views import log, people, queue, reports, steps
from forum.moderation.views.blueprint import bp

__all__ = ["log", "people", "queue", "reports", "steps"]

blueprints = (bp,)
