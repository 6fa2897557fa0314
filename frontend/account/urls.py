"""Signing in and out, at every host. Of allauth's views only those that a member needs; nobody signs up here."""

from allauth.account import views
from django.urls import path, re_path

from frontend.account import invitation, practices
from frontend.account.password_reset import password_reset
from tenants.declare import public_view, signed_in_view

urlpatterns = [
    path("practices/", practices.show, name="account_practices"),
    path("practices/<uuid:practice_id>/", practices.go, name="account_go"),
    path("enter/", practices.enter, name="account_enter"),
    path("invitation/<slug:token>/", invitation.accept, name="account_invitation"),
    path("login/", public_view(views.login), name="account_login"),
    path("logout/", public_view(views.logout), name="account_logout"),
    path("inactive/", public_view(views.account_inactive), name="account_inactive"),
    path("reauthenticate/", signed_in_view(views.reauthenticate), name="account_reauthenticate"),
    path("password/change/", signed_in_view(views.password_change), name="account_change_password"),
    path("password/reset/", public_view(password_reset), name="account_reset_password"),
    path("password/reset/done/", public_view(views.password_reset_done), name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        public_view(views.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        public_view(views.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
]
