"""The network's buying: vendors and catalogs, contracts with offers, and what they pay back."""
