"""Rebate programs: what they say, from which day on, and for which period."""
