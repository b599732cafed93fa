"""What did not work, and where: practices that failed and adoptions that were refused, by what stood in the way."""
