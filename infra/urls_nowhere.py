"""A host name that belongs to nobody: nothing is found here."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

handler400 = "frontend.errors.bad_request"
handler404 = "frontend.errors.not_found"
handler500 = "frontend.errors.server_error"
