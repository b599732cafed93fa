"""What people follow, which discussions they want to hear nothing of, and how they call one another."""
