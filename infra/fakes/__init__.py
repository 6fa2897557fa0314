"""Stand-ins for services of others: for the demo and the tests only, on this machine alone."""
