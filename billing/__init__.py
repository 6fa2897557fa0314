"""The network's business: what members subscribe to, buy together and get back."""
