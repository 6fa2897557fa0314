"""The buying group: contracts, purchases, rebates."""
