"""Calls to make."""

from django.urls import path

from frontend.portal.calls import calls

urlpatterns = [
    path("calls/", calls.show, name="calls"),
    path("calls/<uuid:contact_id>/outcome/", calls.outcome, name="call-outcome"),
    path("calls/<uuid:contact_id>/made/", calls.make, name="contact-made"),
    path("calls/<uuid:contact_id>/not-this-time/", calls.leave, name="contact-skip"),
    path("calls/<uuid:contact_id>/undo/", calls.undo, name="call-undo"),
]
