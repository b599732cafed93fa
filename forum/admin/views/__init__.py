"""Pages of the administrators."""

from forum.admin.views import domains, obstacles, people, synonyms  # noqa: F401 – their addresses
from forum.admin.views.blueprint import bp

blueprints = (bp,)
