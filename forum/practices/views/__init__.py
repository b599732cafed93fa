"""Pages about practices: reading, writing, and the lists."""

from forum.practices.views import drafts, feeds, history, home, lists, people, regions, show, similar, tags, write  # noqa: F401 – their addresses
from forum.practices.views.blueprint import bp

blueprints = (bp,)
