"""Discussion of an entry, in threads."""
