"""Patients: the list, one page each, what is remembered and agreed."""

from django.urls import path

from frontend.portal.patients import consents, memories, new, patient, search

urlpatterns = [
    path("patients/", search.show, name="patients"),
    path("patients/new/", new.add, name="patient-new"),
    path("patients/<uuid:patient_id>/", patient.show, name="patient"),
    path("patients/<uuid:patient_id>/memories/", memories.add, name="memories"),
    path("patients/<uuid:patient_id>/memories/<uuid:memory_id>/forgotten/", memories.let_go, name="memory-forgotten"),
    path("patients/<uuid:patient_id>/consents/", consents.show, name="consents"),
]
