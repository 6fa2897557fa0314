"""What the network receives of vendors on members' purchases, and what each member is told of it."""
