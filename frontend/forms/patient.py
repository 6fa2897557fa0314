"""A patient is written down."""

from typing import Any

from django import forms

from frontend.forms.parts import ActionForm, birth_month_field
from loyalty.models import Channel


class PatientForm(ActionForm):
    fields_of = {"birth": "birth_month", "phones": "phone", "emails": "email"}

    given_name = forms.CharField(max_length=120, required=False, label="First name")
    family_name = forms.CharField(max_length=120, required=False, label="Last name")
    preferred_name = forms.CharField(max_length=120, required=False, label="Likes to be called")
    pronouns = forms.CharField(max_length=40, required=False)
    birth_month = birth_month_field()
    birth_day = forms.IntegerField(required=False, label="Day of birth")
    birth_year = forms.IntegerField(required=False, label="Year of birth")
    phone = forms.CharField(max_length=40, required=False, help_text="The number tried first.")
    other_phone = forms.CharField(max_length=40, required=False)
    email = forms.CharField(max_length=254, required=False)
    preferred_channel = forms.ChoiceField(
        choices=[("", "No wish"), *Channel.choices], required=False, label="Likes to be reached by"
    )
    address = forms.CharField(max_length=200, required=False, help_text="Street, and apartment.")
    city = forms.CharField(max_length=100, required=False)
    state = forms.CharField(max_length=50, required=False)
    postal_code = forms.CharField(max_length=20, required=False, label="ZIP code")
    record_number = forms.CharField(
        max_length=64, required=False, help_text="As it stands in your practice software; zeros at the start stay."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, more in ATTRIBUTES.items():
            self.fields[name].widget.attrs.update(more)

    def asked(self) -> dict[str, Any]:
        """Return what the action wants to know."""
        given = dict(self.cleaned_data)
        birth = tuple(given.pop(f"birth_{part}") for part in ("year", "month", "day"))
        phones = [number for number in (given.pop("phone"), given.pop("other_phone")) if number]
        email = given.pop("email")
        return given | {"birth": birth, "phones": phones, "emails": [email] if email else []}


# The browser's own memory is not asked: it would offer one patient's details for the next.
ATTRIBUTES: dict[str, dict[str, str]] = {
    "given_name": {"autocomplete": "off", "autofocus": "autofocus"},
    "family_name": {"autocomplete": "off"},
    "preferred_name": {"autocomplete": "off"},
    "pronouns": {"autocomplete": "off"},
    "birth_day": {"inputmode": "numeric", "autocomplete": "off"},
    "birth_year": {"inputmode": "numeric", "autocomplete": "off"},
    "phone": {"inputmode": "tel", "autocomplete": "off"},
    "other_phone": {"inputmode": "tel", "autocomplete": "off"},
    "email": {"inputmode": "email", "autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"},
    "address": {"autocomplete": "off"},
    "city": {"autocomplete": "off"},
    "state": {"autocomplete": "off"},
    "postal_code": {"autocomplete": "off", "inputmode": "numeric"},
    "record_number": {"autocomplete": "off"},
}
