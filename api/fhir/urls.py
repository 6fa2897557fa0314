"""Every FHIR type, at each practice's host under /api/fhir/r4/. The standard ends no address with a slash."""

from django.urls import path

from api.fhir.capability import metadata
from api.fhir.types import TYPES
from api.fhir.views import fhir_views

app_name = "fhir"
for_programs = []
for _of, _scope in TYPES:
    _search, _read = fhir_views(_of, _scope)
    _name = _of.name.lower()
    for_programs += [
        path(_of.name, _search.as_view(), name=f"fhir-{_name}-search"),
        path(f"{_of.name}/<uuid:row_id>", _read.as_view(), name=f"fhir-{_name}"),
    ]
urlpatterns = [path("metadata", metadata, name="fhir-metadata"), *for_programs]
