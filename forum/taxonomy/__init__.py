"""Nominations of the contest and free tags: how practices are sorted."""
