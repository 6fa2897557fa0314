"""A patient's words on the practice's own page: with their consent, in the order of consents, unfiltered by rating."""
