"""What makes a place of it: badges, the practice of the week, the first steps of who has just come."""
