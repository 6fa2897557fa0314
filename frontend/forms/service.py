"""One service of the catalogue."""

from typing import Any

from django import forms

from frontend.forms.parts import ActionForm
from frontend.forms.places import say_what_to_do


class ServiceForm(ActionForm):
    name = forms.CharField(max_length=200, label="Name")
    minutes = forms.IntegerField(min_value=1, max_value=1440, label="Minutes", help_text="How long a visit takes.")
    return_days = forms.IntegerField(
        min_value=1,
        max_value=3650,
        required=False,
        label="Days until the next visit",
        help_text="Usually. Leave it empty where nobody needs to come back.",
    )
    preview = forms.CharField(
        max_length=4000,
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 7}),
        label="What to expect",
        help_text="What your team tells the patient before the visit, in plain words: how it feels, how long it takes, "
        "what to do before.",
    )
    aftercare = forms.CharField(
        max_length=4000,
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        label="Aftercare",
        help_text="What to do and to leave after it, and when to call.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say_what_to_do(self)
        self.fields["name"].widget.attrs["autocomplete"] = "off"
        for name in ("minutes", "return_days"):
            self.fields[name].error_messages["invalid"] = "Write a whole number."


class ChangeServiceForm(ServiceForm):
    version = forms.IntegerField(widget=forms.HiddenInput)
