"""Adoptions: which town took a practice home, how it goes there, and what came of it."""
