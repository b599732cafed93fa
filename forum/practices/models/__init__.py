"""The practice and its rows."""

from forum.practices.models.practice import Practice, practice_tags
from forum.practices.models.rows import Indicator, Resource, Step
from forum.practices.models.status import Status

__all__ = ["Indicator", "Practice", "Resource", "Status", "Step", "practice_tags"]
