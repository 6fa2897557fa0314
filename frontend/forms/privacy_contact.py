"""Whom patients may complain to."""

from typing import Any

from django import forms

from frontend.forms.parts import ActionForm
from frontend.forms.places import say_what_to_do


class PrivacyContactForm(ActionForm):
    name = forms.CharField(max_length=120, label="Name or title", help_text="“Office manager” stays true for longer.")
    phone = forms.CharField(max_length=40, label="Telephone", widget=forms.TextInput(attrs={"type": "tel"}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say_what_to_do(self)
        for field in self.fields.values():
            field.widget.attrs["autocomplete"] = "off"
