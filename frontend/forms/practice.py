"""A practice is opened; a membership is suspended, opened again or ended."""

from typing import Any

from django import forms

from frontend.forms.parts import ActionForm
from frontend.forms.places import CHOOSE, SIZES, STATES, TYPES, ZONES, say_what_to_do
from tenants.models import StatusChange

Reason = StatusChange.Reason


class PracticeForm(ActionForm):
    fields_of = {"email": "owner_email"}

    name = forms.CharField(max_length=120, label="Name of the practice")
    slug = forms.CharField(max_length=40, label="Its address", help_text="Lower-case letters, digits and hyphens.")
    practice_type = forms.ChoiceField(choices=TYPES, label="Kind of practice")
    size_band = forms.ChoiceField(choices=SIZES, label="How many treat patients")
    address = forms.CharField(max_length=200, help_text="Street, and suite.")
    city = forms.CharField(max_length=100)
    state = forms.ChoiceField(choices=[CHOOSE, *STATES])
    postal_code = forms.CharField(max_length=20, label="ZIP code")
    time_zone = forms.ChoiceField(choices=[CHOOSE, *ZONES])
    region = forms.CharField(
        max_length=60, required=False, help_text="A group of the benchmarks, as the other members have it."
    )
    owner_name = forms.CharField(max_length=120, label="Name")
    owner_email = forms.EmailField(max_length=254, label="Work email")

    def __init__(self, *args: Any, regions: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.regions = regions
        say_what_to_do(self)
        for name in self.fields:
            self.fields[name].widget.attrs["autocomplete"] = "off"
        self.fields["region"].widget.attrs["list"] = "regions"
        for name in ("slug", "owner_email"):
            self.fields[name].widget.attrs.update({"autocapitalize": "none", "spellcheck": "false"})


class LocationForm(ActionForm):
    name = forms.CharField(max_length=120, label="Name of the location")
    address = forms.CharField(max_length=200, help_text="Street, and suite.")
    city = forms.CharField(max_length=100)
    state = forms.CharField(max_length=50)
    postal_code = forms.CharField(max_length=20, label="ZIP code")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say_what_to_do(self)


class NewLocationForm(LocationForm):
    time_zone = forms.ChoiceField(choices=[CHOOSE, *ZONES], help_text="Days and due times there count by it.")


class NameForm(ActionForm):
    """The practice as its patients know it."""

    name = forms.CharField(max_length=120, label="Name of the practice", help_text="As your patients know it.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say_what_to_do(self)
        self.fields["name"].widget.attrs["autocomplete"] = "organization"


class StatusForm(ActionForm):
    """Why a membership changes: a code that is counted, and a note for whoever reads it later."""

    reason = forms.ChoiceField(label="Why", widget=forms.Select)
    note = forms.CharField(
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="For the network’s own history. Please write nothing about a patient.",
    )

    def __init__(self, *args: Any, reasons: tuple[Reason, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say_what_to_do(self)
        self.fields["reason"].choices = [CHOOSE, *((reason.value, reason.label) for reason in reasons)]  # type: ignore[attr-defined]


SUSPENDING = (Reason.ASKED, Reason.UNPAID, Reason.AGREEMENT, Reason.SECURITY, Reason.OTHER)
REACTIVATING = (Reason.SETTLED, Reason.ASKED, Reason.OTHER)
LEAVING = (Reason.ASKED, Reason.CLOSED, Reason.UNPAID, Reason.AGREEMENT, Reason.OTHER)
ASKING_TO_LEAVE = (Reason.CLOSED, Reason.UNUSED, Reason.ELSEWHERE, Reason.OTHER)
