"""Every address of a practice's host."""

from django.urls import include, path

from infra.health import health

urlpatterns = [
    path("", include("frontend.portal.urls")),
    path("account/", include("frontend.account.urls")),
    path("api/v1/", include("api.v1.urls")),
    path("health/", health),
]

handler400 = "infra.failed.bad_request"
handler403 = "frontend.errors.forbidden"
handler404 = "infra.failed.not_found"
handler500 = "infra.failed.server_error"
