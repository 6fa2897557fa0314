"""Every address of a practice's host."""

from django.urls import include, path

from infra.health import health

urlpatterns = [
    # Before the portal: each of its hundreds of addresses is tried before whatever comes after it is.
    path("api/v1/", include("api.openapi.urls")),
    path("api/v1/", include("api.v1.urls")),
    path("api/fhir/r4/", include("api.fhir.urls")),
    path("health/", health),
    path("", include("frontend.portal.urls")),
    path("account/", include("frontend.account.urls")),
]

handler400 = "infra.failed.bad_request"
handler403 = "frontend.errors.forbidden"
handler404 = "infra.failed.not_found"
handler500 = "infra.failed.server_error"
