"""An adoption, its people, and the notes of its timeline."""

from forum.adoptions.models.adoption import Adoption
from forum.adoptions.models.notes import AdoptionNote, AdoptionPerson, AdoptionReminder, What
from forum.adoptions.models.stages import Stage

__all__ = ["Adoption", "AdoptionNote", "AdoptionPerson", "AdoptionReminder", "Stage", "What"]
