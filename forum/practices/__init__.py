"""The heart: what a municipality did, what it cost, what came of it."""
