"""The practice's portal: every page, each declaring who may see it."""

from django.urls import path

from frontend.portal import (
    benchmarks,
    feedback_new,
    memories,
    notes,
    occasions,
    patient,
    patient_new,
    patients,
    today,
    trail,
    visit,
    visit_new,
)

app_name = "portal"
urlpatterns = [
    path("", today.show, name="today"),
    path("patients/", patients.show, name="patients"),
    path("patients/new/", patient_new.add, name="patient-new"),
    path("patients/<uuid:patient_id>/", patient.show, name="patient"),
    path("patients/<uuid:patient_id>/memories/", memories.add, name="memories"),
    path("patients/<uuid:patient_id>/memories/<uuid:memory_id>/forgotten/", memories.let_go, name="memory-forgotten"),
    path("patients/<uuid:patient_id>/visits/new/", visit_new.add, name="visit-new"),
    path("patients/<uuid:patient_id>/visits/walk-in/", visit_new.begin, name="walk-in"),
    path("visits/<uuid:visit_id>/", visit.show, name="visit"),
    path("visits/<uuid:visit_id>/time/", visit.change_time, name="visit-time"),
    path("visits/<uuid:visit_id>/arrival/", visit.arrival, name="visit-arrival"),
    path("visits/<uuid:visit_id>/completion/", visit.completion, name="visit-completion"),
    path("visits/<uuid:visit_id>/no-show/", visit.absence, name="visit-no-show"),
    path("visits/<uuid:visit_id>/cancellation/", visit.cancellation, name="visit-cancellation"),
    path("visits/<uuid:visit_id>/feedback/", feedback_new.add, name="visit-feedback"),
    path("notes/", notes.show, name="notes"),
    path("notes/<uuid:note_id>/written/", notes.write, name="note-written"),
    path("notes/<uuid:note_id>/not-this-time/", notes.leave, name="note-skip"),
    path("notes/<uuid:note_id>/undo/", notes.take_back, name="note-undo"),
    path("occasions/", occasions.show, name="occasions"),
    path("benchmarks/", benchmarks.show, name="benchmarks"),
    path("trail/", trail.show, name="trail"),
    path("trail/export/", trail.export, name="trail-export"),
]
