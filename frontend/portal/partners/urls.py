"""Connected software."""

from django.urls import path

from frontend.portal.partners import connected, grant, told, told_steps

urlpatterns = [
    path("settings/software/", connected.show, name="partners"),
    path("settings/software/<uuid:program_id>/grant/", grant.give, name="partner-grant"),
    path("settings/software/grants/<uuid:grant_id>/", grant.change, name="partner-narrowing"),
    path("settings/software/grants/<uuid:grant_id>/end/", grant.end, name="partner-end"),
    path("settings/software/grants/<uuid:grant_id>/told/", told.show, name="webhooks"),
    path("settings/software/grants/<uuid:grant_id>/told/new/", told.add, name="webhook-new"),
    path("settings/software/told/<uuid:endpoint_id>/", told.change, name="webhook"),
    path("settings/software/told/<uuid:endpoint_id>/secret/", told.secret, name="webhook-secret"),
    path("settings/software/told/<uuid:endpoint_id>/test/", told_steps.test, name="webhook-test"),
    path("settings/software/told/<uuid:endpoint_id>/missed/", told_steps.missed, name="webhook-missed"),
    path("settings/software/told/<uuid:endpoint_id>/off/", told_steps.off, name="webhook-off"),
    path("settings/software/told/<uuid:endpoint_id>/on/", told_steps.on, name="webhook-on"),
    path("settings/software/told/<uuid:endpoint_id>/removal/", told_steps.removal, name="webhook-removal"),
    path("settings/software/told/again/<uuid:delivery_id>/", told_steps.again, name="webhook-again"),
]
