"""One visit and its steps."""

from django.urls import path

from frontend.portal.visits import new, visit

urlpatterns = [
    path("patients/<uuid:patient_id>/visits/new/", new.add, name="visit-new"),
    path("patients/<uuid:patient_id>/visits/walk-in/", new.begin, name="walk-in"),
    path("visits/<uuid:visit_id>/", visit.show, name="visit"),
    path("visits/<uuid:visit_id>/time/", visit.change_time, name="visit-time"),
    path("visits/<uuid:visit_id>/arrival/", visit.arrival, name="visit-arrival"),
    path("visits/<uuid:visit_id>/beginning/", visit.beginning, name="visit-seen"),
    path("visits/<uuid:visit_id>/brief/", visit.reading, name="visit-brief"),
    path("visits/<uuid:visit_id>/undo/", visit.undo, name="visit-undo"),
    path("visits/<uuid:visit_id>/completion/", visit.completion, name="visit-completion"),
    path("visits/<uuid:visit_id>/no-show/", visit.absence, name="visit-no-show"),
    path("visits/<uuid:visit_id>/cancellation/", visit.cancellation, name="visit-cancellation"),
]
