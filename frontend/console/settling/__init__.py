"""Claims to vendors, what they paid, what the network received, and the statements of members."""
