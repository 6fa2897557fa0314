"""Who is slipping away: the list, what is done about it, and how far to trust it."""
