"""What other systems read: plain rows in the order they changed, a page at a time; whose rows, a domain says."""
