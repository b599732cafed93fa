"""What the site knows, for everybody: lists as files, the whole of it every night, and what it comes to in pictures."""
