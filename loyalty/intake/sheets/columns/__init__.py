"""What the columns of a file are called elsewhere, and what they become here."""
