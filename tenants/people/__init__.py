"""Who belongs to a place, who is invited, and what each may see there: read as control plane, wherever it is asked."""
