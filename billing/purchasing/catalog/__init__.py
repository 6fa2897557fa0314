"""What a vendor sells, and what anybody pays for it."""
