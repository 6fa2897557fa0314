"""The same records as FHIR R4 resources, for systems that speak that and nothing else."""
