"""Somebody who treats and does not sign in."""

from typing import Any

from django import forms

from frontend.forms.parts import ActionForm
from frontend.forms.places import say_what_to_do
from loyalty.models import StaffRole


class StaffForm(ActionForm):
    name = forms.CharField(max_length=120, label="Name", help_text="As it stands on a card: Dr. Sato.")
    role = forms.ChoiceField(choices=StaffRole.choices, label="What they do")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say_what_to_do(self)
        self.fields["name"].widget.attrs["autocomplete"] = "off"


class ChangeStaffForm(StaffForm):
    was = forms.CharField(widget=forms.HiddenInput, strip=False)


class RetireStaffForm(ActionForm):
    work_to = forms.ChoiceField(required=False, label="Who takes over what is open")

    def __init__(self, *args: Any, colleagues: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["work_to"].choices = [("", "Whoever is there"), *colleagues]  # type: ignore[attr-defined]
