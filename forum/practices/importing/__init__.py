"""Practices from outside: the shape of a card in files and in the API, and how it gets into the database. No Flask in here."""

from forum.practices.importing.apply import Importer, Outcome, Rejected, apply
from forum.practices.importing.card import FIELDS, NEEDED, Card, parse

__all__ = ["FIELDS", "NEEDED", "Card", "Importer", "Outcome", "Rejected", "apply", "parse"]
