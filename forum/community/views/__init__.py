"""Pages and parts of pages of the community."""

from forum.community.views import badges, tour, weekly  # noqa: F401 – its addresses
from forum.community.views.blueprint import bp

blueprints = (bp,)
