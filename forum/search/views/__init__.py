"""The pages of search."""

from forum.search.views import results
from forum.search.views.blueprint import bp

__all__ = ["results"]
blueprints = (bp,)
