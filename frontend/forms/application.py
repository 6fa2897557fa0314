"""A practice applies to join, and the network answers."""

from typing import Any

from django import forms

from frontend.forms.parts import ActionForm
from frontend.forms.places import CHOOSE, SIZES, STATES, TYPES, ZONES, say_what_to_do


class ApplicationForm(ActionForm):
    """`website` is for programs that fill in every field: people neither see nor reach it."""

    practice_name = forms.CharField(max_length=120, label="Practice")
    contact_name = forms.CharField(max_length=120, label="Your name")
    email = forms.EmailField(max_length=254, label="Work email")
    phone = forms.CharField(max_length=40, help_text="For one call, nothing else.")
    city = forms.CharField(max_length=100)
    state = forms.ChoiceField(choices=[CHOOSE, *STATES])
    time_zone = forms.ChoiceField(choices=[CHOOSE, *ZONES])
    practice_type = forms.ChoiceField(choices=TYPES, label="Kind of practice")
    size_band = forms.ChoiceField(choices=SIZES, label="How many treat patients")
    hopes = forms.CharField(
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        label="What do you hope for?",
        help_text="Please write nothing about a patient.",
    )
    website = forms.CharField(required=False, label="Leave this empty")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say_what_to_do(self)
        for name, more in ATTRIBUTES.items():
            self.fields[name].widget.attrs.update(more)

    @property
    def is_from_a_program(self) -> bool:
        return bool(self.data.get("website"))

    def asked(self) -> dict[str, str]:
        """Return what the action wants to know."""
        return {name: value for name, value in self.cleaned_data.items() if name != "website"}


class DeclineForm(ActionForm):
    answer = forms.CharField(
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        label="A few words of your own",
        help_text="They stand in the middle of the mail below.",
    )


ATTRIBUTES: dict[str, dict[str, str]] = {
    "practice_name": {"autocomplete": "organization"},
    "contact_name": {"autocomplete": "name"},
    "email": {"autocomplete": "email", "autocapitalize": "none", "spellcheck": "false"},
    "phone": {"autocomplete": "tel", "inputmode": "tel"},
    "city": {"autocomplete": "address-level2"},
    "state": {"autocomplete": "address-level1"},
    "website": {"autocomplete": "off", "tabindex": "-1"},
}
