"""From stored bytes to rows of text, and from the text of a cell to a value. Nothing is inferred: text stays text."""
