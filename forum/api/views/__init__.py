"""The routes of the API and its description."""

from forum.api.blueprint import v1
from forum.api.views import adoptions, description, discussion, finding, practices, reference, requests  # noqa: F401 – their routes

blueprints = (v1, description.bp)
