"""Help: how to write, search and get along, in pages of Markdown that are written by us."""
