"""Reads FHIR R4 exports: NDJSON (plain or gzip) and bundles, streaming, into typed and normalized rows."""
