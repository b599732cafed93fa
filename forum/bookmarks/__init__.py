"""What a person keeps for later."""
