"""Money of vendors that came in for claims, and what never will."""
