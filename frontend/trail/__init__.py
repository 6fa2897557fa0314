"""What the pages of a practice's trail and of the network's trail have in common."""
