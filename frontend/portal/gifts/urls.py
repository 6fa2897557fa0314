"""Gifts to patients."""

from django.urls import path

from frontend.portal.gifts import ledger

urlpatterns = [
    path("gifts/", ledger.show, name="gifts"),
    path("gifts/limits/", ledger.limits, name="gift-limits"),
    path("gifts/<uuid:gift_id>/undo/", ledger.undo, name="gift-undo"),
    path("patients/<uuid:patient_id>/gifts/", ledger.of_patient, name="patient-gifts"),
]
