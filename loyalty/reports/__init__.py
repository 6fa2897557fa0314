"""The monthly report of a practice: made when a month is released, kept, and announced to whoever asked for it."""
