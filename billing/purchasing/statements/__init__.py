"""What each member earned, was paid and paid, quarter by quarter."""
