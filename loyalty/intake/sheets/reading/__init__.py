"""From stored bytes to rows of text. Nothing is inferred: text stays text."""
