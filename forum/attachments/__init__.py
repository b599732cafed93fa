"""Files that belong to an entry."""
