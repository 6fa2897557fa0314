"""Signing in and out, at every host. Of allauth's views only those that a member needs; nobody signs up here."""

from allauth.account import views
from allauth.mfa.base import views as codes
from allauth.mfa.webauthn import views as webauthn
from django.urls import path, re_path

from frontend.account import invitation, lock, passkeys, pin, practices, second_factor, security, sessions
from frontend.account.password_reset import password_reset
from tenants.admission import Reach
from tenants.declare import View, public_view, signed_in_view


def confirming(view: View) -> View:
    """Somebody may be here only to prove a second factor, so they need none yet."""
    return signed_in_view(view, reach=Reach.UNLOCKED)


urlpatterns = [
    path("practices/", practices.show, name="account_practices"),
    path("practices/<uuid:practice_id>/", practices.go, name="account_go"),
    path("enter/", practices.enter, name="account_enter"),
    path("invitation/<slug:token>/", invitation.accept, name="account_invitation"),
    path("login/", public_view(views.login), name="account_login"),
    path("logout/", public_view(views.logout), name="account_logout"),
    path("inactive/", public_view(views.account_inactive), name="account_inactive"),
    path("reauthenticate/", confirming(views.reauthenticate), name="account_reauthenticate"),
    # allauth's own names: it looks for its pages by them.
    path("code/", public_view(codes.authenticate), name="mfa_authenticate"),
    path("confirm/code/", confirming(codes.reauthenticate), name="mfa_reauthenticate"),
    path("confirm/passkey/", confirming(webauthn.reauthenticate_webauthn), name="mfa_reauthenticate_webauthn"),
    path("login/passkey/", public_view(webauthn.login_webauthn), name="mfa_login_webauthn"),
    path("security/", security.show, name="account_security"),
    path("second-factor/", second_factor.choose, name="account_second_factor"),
    path("second-factor/app/", second_factor.app, name="account_totp"),
    path("second-factor/app/removal/", second_factor.remove_app, name="account_totp_removal"),
    path("second-factor/recovery-codes/", second_factor.renew_codes, name="account_recovery_codes"),
    path("second-factor/passkeys/new/", passkeys.add, name="account_passkey_new"),
    path("second-factor/passkeys/<int:passkey>/removal/", passkeys.remove, name="account_passkey_removal"),
    path("pin/", pin.choose, name="account_pin"),
    path("pin/removal/", pin.remove, name="account_pin_removal"),
    path("lock/", lock.lock_page, name="account_lock"),
    path("lock/opening/", lock.open_again, name="account_unlock"),
    path("seen/", lock.seen, name="account_seen"),
    path("sessions/<uuid:session>/end/", sessions.end, name="account_session_end"),
    path("sessions/others/end/", sessions.end_others, name="account_sessions_end"),
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
