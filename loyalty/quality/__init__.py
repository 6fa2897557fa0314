"""How far a practice's records can be trusted: a few checks a month, each failed one with what to do about it."""
