"""Who is slipping away."""

from django.urls import path

from frontend.portal.drifting import act, pages

urlpatterns = [
    path("drifting/", pages.show, name="drifting"),
    path("drifting/look-back/", pages.look_back, name="drifting-look-back"),
    path("drifting/coming-back/", pages.coming_back, name="drifting-coming-back"),
    path("drifting/<uuid:patient_id>/contact/", act.contact, name="drifting-contact"),
    path("drifting/contacts/<uuid:check_in_id>/undo/", act.contact_undo, name="drifting-contact-undo"),
    path("drifting/<uuid:patient_id>/leave/", act.leave, name="drifting-leave"),
    path("drifting/left/<uuid:left_id>/undo/", act.leave_undo, name="drifting-leave-undo"),
]
