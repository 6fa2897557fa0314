"""FHIR's JSON, which goes by a name of its own."""

from api.render import JsonRenderer

MEDIA_TYPE = "application/fhir+json"


class FhirRenderer(JsonRenderer):
    media_type = MEDIA_TYPE
    format = "fhir"
