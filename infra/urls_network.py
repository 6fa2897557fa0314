"""Every address of the network host."""

from django.urls import include, path

from infra.health import health

urlpatterns = [
    path("", include("frontend.console.urls")),
    path("account/", include("frontend.account.urls")),
    path("api/", include("api.urls_network")),
    path("health/", health),
]

handler400 = "infra.failed.bad_request"
handler403 = "frontend.errors.forbidden"
handler404 = "infra.failed.not_found"
handler500 = "infra.failed.server_error"
