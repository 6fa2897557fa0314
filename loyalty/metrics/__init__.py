"""Pure statistics over query results: what a practice's figures are, and how sure of them one can be."""
