"""Ninety days after a practice left, its records are destroyed: announced, in one transaction, with a proof."""
