"""Personal days."""

from django.urls import path

from frontend.portal.occasions import honor, keep, pages

urlpatterns = [
    path("occasions/", pages.show, name="occasions"),
    path("occasions/<uuid:occasion_id>/", keep.change, name="occasion"),
    path("occasions/<uuid:occasion_id>/removal/", keep.remove, name="occasion-removal"),
    path("occasions/made/<uuid:celebration_id>/undo/", honor.take_back, name="occasion-undo"),
    path("patients/<uuid:patient_id>/occasions/new/", keep.add, name="occasion-new"),
    path("patients/<uuid:patient_id>/occasions/honored/", honor.honored, name="occasion-honored"),
    path("patients/<uuid:patient_id>/occasions/not-this-time/", honor.left_out, name="occasion-left-out"),
]
