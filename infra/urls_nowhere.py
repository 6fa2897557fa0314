"""A host name that belongs to nobody: nothing is found here."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

handler400 = "infra.failed.bad_request"
handler404 = "infra.failed.not_found"
handler500 = "infra.failed.server_error"
