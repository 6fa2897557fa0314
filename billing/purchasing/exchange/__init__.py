"""The buying group as other systems read it, and what a practice's own systems say it bought."""
