"""Every address of the network host."""

from django.urls import include, path

from infra.health import health

urlpatterns = [
    path("", include("frontend.console.urls")),
    path("account/", include("frontend.account.urls")),
    path("health/", health),
]

handler400 = "frontend.errors.bad_request"
handler403 = "frontend.errors.forbidden"
handler404 = "frontend.errors.not_found"
handler500 = "frontend.errors.server_error"
