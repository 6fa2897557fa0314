"""Every address of the network host."""

from django.urls import include, path

from infra.health import health

urlpatterns = [
    path("account/", include("frontend.account.urls")),
    path("api/", include("api.urls_network")),
    path("", include("billing.urls_network")),
    path("health/", health),
    # Last: each of its addresses is tried before whatever comes after it is.
    path("", include("frontend.console.urls")),
]

handler400 = "infra.failed.bad_request"
handler403 = "frontend.errors.forbidden"
handler404 = "infra.failed.not_found"
handler500 = "infra.failed.server_error"
