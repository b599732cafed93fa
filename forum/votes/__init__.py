"""For and against, one per person."""
