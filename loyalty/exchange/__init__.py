"""What other systems read of a practice: plain rows in the order they changed, a page at a time."""
