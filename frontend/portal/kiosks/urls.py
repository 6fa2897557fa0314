"""Tablets: which there are, and what is opened on them."""

from django.urls import path

from frontend.portal.kiosks import settings, visit

urlpatterns = [
    path("settings/kiosks/", settings.show, name="kiosks"),
    path("settings/kiosks/new/", settings.add, name="kiosk-new"),
    path("settings/kiosks/<uuid:kiosk_id>/code/", settings.renew, name="kiosk-renewal"),
    path("settings/kiosks/<uuid:kiosk_id>/revocation/", settings.end, name="kiosk-revocation"),
    path("visits/<uuid:visit_id>/tablet/", visit.show, name="visit-tablet"),
    path("visits/<uuid:visit_id>/tablet/opening/", visit.open_here, name="visit-tablet-opening"),
    path("visits/<uuid:visit_id>/tablet/code/", visit.give_code, name="visit-tablet-code"),
    path("visits/<uuid:visit_id>/tablet/ending/", visit.end, name="visit-tablet-ending"),
]
