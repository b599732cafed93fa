"""Entry: whatever people write here, and what can be done to it."""
