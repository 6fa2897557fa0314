"""Two records of one person become one, with a preview and a way back."""
