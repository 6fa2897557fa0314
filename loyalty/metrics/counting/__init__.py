"""How each metric is counted, for all months at once: one file for each file of definitions, and their inputs."""
