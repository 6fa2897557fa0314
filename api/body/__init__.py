"""What a program sends: read strictly, and everything that is wrong with it said at once."""
