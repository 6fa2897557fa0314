"""The books: what the network owes and is owed. Every entry comes to zero, and none is ever changed."""
