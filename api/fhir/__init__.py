"""FHIR R4, read only, at each practice's host under /api/fhir/r4/: the same tokens, scopes, limits and trail."""
