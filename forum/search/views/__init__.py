"""The pages of search."""

from forum.search.views import completion, opensearch, recent, results
from forum.search.views.blueprint import bp

__all__ = ["completion", "opensearch", "recent", "results"]
blueprints = (bp,)
