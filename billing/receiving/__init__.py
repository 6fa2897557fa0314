"""Files of invoice lines: kept in the practice's own schema, since nobody knows what else they hold."""
