"""Patients: the list, one page each, what is on file, remembered and agreed."""

from django.urls import path

from frontend.portal.patients import (
    consents,
    contact_points,
    details,
    export,
    memories,
    new,
    patient,
    search,
    tags,
    views,
)

_ONE = "patients/<uuid:patient_id>/"
_POINT = f"{_ONE}contact-points/<uuid:point_id>/"

urlpatterns = [
    path("patients/", search.show, name="patients"),
    path("patients/new/", new.add, name="patient-new"),
    path("patients/tags/", tags.change, name="patient-tags"),
    path("patients/tags/<uuid:tag_change_id>/undo/", tags.undo, name="patient-tags-undo"),
    path("patients/views/", views.save, name="patient-views"),
    path("patients/views/<uuid:view_id>/", views.change, name="patient-view"),
    path("patients/views/<uuid:view_id>/removal/", views.delete, name="patient-view-removal"),
    path("patients/wishes/<uuid:wish_id>/undo/", details.undo_wish, name="patient-wish-undo"),
    path(_ONE, patient.show, name="patient"),
    path(f"{_ONE}details/", details.change, name="patient-details"),
    path(f"{_ONE}wishes/", details.wishes, name="patient-wishes"),
    path(f"{_ONE}contact-points/", contact_points.add, name="contact-points"),
    path(_POINT, contact_points.change, name="contact-point"),
    path(f"{_POINT}spared/", contact_points.spare, name="contact-point-spared"),
    path(f"{_POINT}raised/", contact_points.lift, name="contact-point-raised"),
    path(f"{_POINT}removal/", contact_points.remove, name="contact-point-removal"),
    path(f"{_ONE}memories/", memories.add, name="memories"),
    path(f"{_ONE}memories/<uuid:memory_id>/", memories.change, name="memory"),
    path(f"{_ONE}memories/<uuid:memory_id>/forgotten/", memories.let_go, name="memory-forgotten"),
    path(f"{_ONE}consents/", consents.show, name="consents"),
    path(f"{_ONE}export/", export.show, name="record-export"),
]
