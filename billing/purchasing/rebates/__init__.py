"""What members earn of their programs: gathered, worked out, explained to the line."""
