"""Asking for a link to a new password."""

from typing import Any

from allauth.account.forms import ResetPasswordForm
from allauth.account.views import PasswordResetView
from django.http import HttpRequest


class ResetForm(ResetPasswordForm):
    """Nobody signs up here, so an unknown address gets no mail; the page answers alike either way."""

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        email: str = self.cleaned_data["email"]
        if self.users:
            super().save(request, **kwargs)
        return email


password_reset = PasswordResetView.as_view(form_class=ResetForm)
