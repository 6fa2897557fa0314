"""The practice's portal, room by room: every page, each declaring who may see it."""

from django.urls import include, path

app_name = "portal"
urlpatterns = [
    path("", include("frontend.portal.today.urls")),
    path("", include("frontend.portal.merging.urls")),
    path("", include("frontend.portal.family.urls")),
    path("", include("frontend.portal.patients.urls")),
    path("", include("frontend.portal.record_requests.urls")),
    path("", include("frontend.portal.visits.urls")),
    path("", include("frontend.portal.feedback.urls")),
    path("", include("frontend.portal.inquiries.urls")),
    path("", include("frontend.portal.reviews.urls")),
    path("", include("frontend.portal.messages.urls")),
    path("", include("frontend.portal.notes.urls")),
    path("", include("frontend.portal.occasions.urls")),
    path("", include("frontend.portal.drifting.urls")),
    path("", include("frontend.portal.gifts.urls")),
    path("", include("frontend.portal.benchmarks.urls")),
    path("", include("frontend.portal.people.urls")),
    path("", include("frontend.portal.calls.urls")),
    path("", include("frontend.portal.playbook.urls")),
    path("", include("frontend.portal.holdouts.urls")),
    path("", include("frontend.portal.practice.urls")),
    path("", include("frontend.portal.intake.urls")),
    path("", include("frontend.portal.settings.urls")),
    path("", include("frontend.portal.kiosks.urls")),
    path("", include("frontend.portal.partners.urls")),
    path("", include("frontend.portal.billing.urls")),
    path("", include("frontend.portal.offers.urls")),
    path("", include("frontend.portal.savings.urls")),
    path("kiosk/", include("frontend.kiosk.urls")),
    path("f/", include("frontend.feedback_link.urls")),
]
