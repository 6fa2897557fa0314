"""Codes of a second factor: at the sign-in, to confirm, and to set up an app."""

from typing import Any

from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import AuthenticateWebAuthnForm, ReauthenticateWebAuthnForm
from allauth.mfa.webauthn.internal.auth import complete_authentication, parse_authentication_response
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from core import audit
from frontend.forms.parts import ActionForm
from tenants.asked import somebody
from tenants.limits import may_guess_code
from tenants.models import Person
from tenants.second_factor.recovery_codes import use_recovery_code
from tenants.second_factor.totp import use_code

TOO_MANY = "Too many tries. Wait five minutes, or sign in from another place."


class CodeInput(forms.TextInput):
    def __init__(self) -> None:
        super().__init__(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "maxlength": "12", "autofocus": True}
        )


def code_field() -> forms.CharField:
    return forms.CharField(label="Code", max_length=12, widget=CodeInput())


class CheckedOnce:
    """A code of the person's app, or a recovery code; counted, and good once on all hosts together."""

    user: Person
    cleaned_data: dict[str, Any]
    authenticator: Authenticator

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        usage = may_guess_code(context.request, f"code of {self.user.pk}")
        if usage is None:
            raise ValidationError(TOO_MANY, code="too_many")
        factor = use_code(person_id=self.user.pk, code=code, now=timezone.now()) or use_recovery_code(
            person_id=self.user.pk, code=code
        )
        if factor is None:
            self.refused()
            raise get_adapter().validation_error("incorrect_code")
        usage.rollback()
        factor.user = self.user
        self.authenticator = factor
        return code

    def refused(self) -> None:
        with audit.asking(somebody(context.request, "sign_in")):
            audit.denied("factor.used", subject_kind="person", subject_id=self.user.pk)


class SignInCodeForm(CheckedOnce, AuthenticateForm):
    code = code_field()


class ConfirmCodeForm(CheckedOnce, ReauthenticateForm):
    code = code_field()


class PasskeyUsed:
    """Nothing can be guessed at a passkey. Counting tries would only let others lock its person out."""

    user: Person
    cleaned_data: dict[str, Any]

    def clean_credential(self) -> Authenticator:
        credential = self.cleaned_data["credential"]
        parse_authentication_response(credential)
        return complete_authentication(self.user, credential)


class SignInPasskeyForm(PasskeyUsed, AuthenticateWebAuthnForm):
    pass


class ConfirmPasskeyForm(PasskeyUsed, ReauthenticateWebAuthnForm):
    pass


class AppCodeForm(ActionForm):
    """The first code that a new app shows."""

    code = code_field()


class PinForm(ActionForm):
    pin = forms.CharField(
        label="PIN",
        max_length=8,
        widget=forms.PasswordInput(attrs={"autocomplete": "off", "inputmode": "numeric", "maxlength": "8"}),
    )


class NewPinForm(PinForm):
    again = forms.CharField(
        label="PIN, once more",
        max_length=8,
        widget=forms.PasswordInput(attrs={"autocomplete": "off", "inputmode": "numeric", "maxlength": "8"}),
    )

    def clean(self) -> dict[str, str]:
        cleaned: dict[str, str] = super().clean() or self.cleaned_data
        if "again" in cleaned and cleaned.get("pin", cleaned["again"]) != cleaned["again"]:
            self.add_error("again", "This is not the same PIN. Type it once more.")
        return cleaned
