"""Somebody who is invited says how they are called, and chooses a password."""

from typing import Any

from django import forms

from frontend.forms.parts import ActionForm


class JoinForm(ActionForm):
    name = forms.CharField(max_length=120, label="Your name", widget=forms.TextInput(attrs={"autocomplete": "name"}))
    password = forms.CharField(
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="At least 12 characters. Three or four unrelated words are easy to keep and hard to guess.",
    )
    again = forms.CharField(
        strip=False,
        label="Password, once more",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "again" in cleaned and cleaned.get("password", cleaned["again"]) != cleaned["again"]:
            self.add_error("again", "This is not the same password. Type it once more.")
        return cleaned
