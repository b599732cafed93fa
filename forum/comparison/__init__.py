"""Two to four practices side by side, field by field."""
