"""What people looked for and did not find: counted, and made public as a list of missing practices."""
