"""A FHIR R4 bundle that somebody brings: its entries are read as the rows of a file, on the same way as any table."""
