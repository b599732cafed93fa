"""Pages about practices: reading, writing, and the lists."""

from forum.practices.views.blueprint import bp

blueprints = (bp,)
