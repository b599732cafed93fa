"""The one form in which a practice is written, and what it does with the raw fields."""

from forum.practices.forms.practice import PracticeForm
from forum.practices.forms.raw import Raw, cleaned, rearrange

__all__ = ["PracticeForm", "Raw", "cleaned", "rearrange"]
