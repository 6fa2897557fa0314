"""Who asks, for which practice, how often."""
