"""Lists as files, the page about the data, and the statistics."""

from forum.open_data.views import catalogue, lists, statistics  # noqa: F401 – their addresses
from forum.open_data.views.blueprint import bp

blueprints = (bp,)
