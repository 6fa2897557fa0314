"""What members pay: one item, one contract, from one day to another."""
