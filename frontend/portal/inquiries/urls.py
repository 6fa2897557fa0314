"""Those who ask before they book."""

from django.urls import path

from frontend.portal.inquiries import inquiry, lists

urlpatterns = [
    path("inquiries/", lists.index, name="inquiries"),
    path("inquiries/new/", lists.add, name="inquiry-new"),
    path("inquiries/<uuid:inquiry_id>/", inquiry.show, name="inquiry"),
    path("inquiries/<uuid:inquiry_id>/calls/", inquiry.add_call, name="inquiry-call"),
    path("inquiries/<uuid:inquiry_id>/owner/", inquiry.owner, name="inquiry-owner"),
    path("inquiries/<uuid:inquiry_id>/correction/", inquiry.correction, name="inquiry-correction"),
    path("inquiries/<uuid:inquiry_id>/closing/", inquiry.closing, name="inquiry-closing"),
    path("inquiries/<uuid:inquiry_id>/reopening/", inquiry.reopening, name="inquiry-reopening"),
    path("inquiries/<uuid:inquiry_id>/patient/", inquiry.patient, name="inquiry-patient"),
]
