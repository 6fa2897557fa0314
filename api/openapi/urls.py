"""For whoever builds a program, with a token or without one yet: nothing of any practice stands there."""

from django.urls import path

from api.openapi import reference, serve

urlpatterns = [
    path("openapi.json", serve.openapi, name="openapi"),
    path("docs/", serve.docs, name="api-docs"),
    path("docs/quick-start/", serve.quick_start, name="api-quick-start"),
    path("docs/reference/", reference.reference, name="api-reference"),
    path("docs/reference/<str:of_version>/<str:name>", reference.reference_file, name="api-reference-file"),
]
