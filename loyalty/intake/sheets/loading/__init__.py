"""Writes rows of a table into the schema of one practice. Everything here runs inside the practice's scope."""
