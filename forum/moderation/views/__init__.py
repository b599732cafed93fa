"""Pages of moderation."""

from forum.moderation.views import appeals, case, dashboard, log, many, moving, people, queue, reasons, reports, standing, steps, taking
from forum.moderation.views.blueprint import bp

__all__ = ["appeals", "case", "dashboard", "log", "many", "moving", "people", "queue", "reasons", "reports", "standing", "steps", "taking"]

blueprints = (bp,)
