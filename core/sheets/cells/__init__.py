"""From the text of a cell to a value, or to words that say what to correct."""
