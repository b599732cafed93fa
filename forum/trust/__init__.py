"""Levels of trust, and what holds spam back without keeping moderators from their work."""
