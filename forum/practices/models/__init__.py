"""The practice and its rows."""

from forum.practices.models.practice import Practice, Status, practice_tags
from forum.practices.models.rows import Indicator, Resource, Step

__all__ = ["Indicator", "Practice", "Resource", "Status", "Step", "practice_tags"]
