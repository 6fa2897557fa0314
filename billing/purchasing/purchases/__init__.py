"""What members bought: read line by line, matched to the catalog, and kept once."""
