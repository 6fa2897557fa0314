"""What is on file of a patient, changed: details, one way to reach them, and how they want contact."""

from typing import Any

from django import forms

from frontend.forms.parts import ActionForm, DateInput, birth_month_field
from loyalty.models import Channel, ContactPoint, Patient, Wish, YesNoUnknown
from loyalty.patients.change_contact_points import LABELS

LANGUAGES = [
    ("", "Not known"),
    ("en-US", "English"),
    ("es-US", "Spanish"),
    ("zh", "Chinese"),
    ("vi", "Vietnamese"),
    ("ko", "Korean"),
    ("tl", "Tagalog"),
    ("ru", "Russian"),
    ("fr", "French"),
    ("ar", "Arabic"),
]
_LABELS = [("", "No label"), *((one, one.capitalize()) for one in LABELS)]
_TYPED = (
    "given_name", "family_name", "preferred_name", "pronouns", "record_number",
    "address", "city", "state", "postal_code", "country",
)  # fmt: skip


class DetailsForm(ActionForm):
    fields_of = {"birth": "birth_month"}

    given_name = forms.CharField(max_length=120, required=False, label="First name")
    family_name = forms.CharField(max_length=120, required=False, label="Last name")
    preferred_name = forms.CharField(max_length=120, required=False, label="Likes to be called")
    pronouns = forms.CharField(max_length=40, required=False)
    birth_month = birth_month_field()
    birth_day = forms.IntegerField(required=False, label="Day of birth")
    birth_year = forms.IntegerField(required=False, label="Year of birth")
    language = forms.ChoiceField(choices=LANGUAGES, required=False)
    preferred_channel = forms.ChoiceField(
        choices=[("", "No wish"), *Channel.choices], required=False, label="Likes to be reached by"
    )
    address = forms.CharField(max_length=200, required=False, help_text="Street, and apartment.")
    city = forms.CharField(max_length=100, required=False)
    state = forms.CharField(max_length=50, required=False)
    postal_code = forms.CharField(max_length=20, required=False, label="ZIP code")
    country = forms.CharField(max_length=60, required=False)
    tags = forms.CharField(max_length=900, required=False, help_text="With commas between them: VIP, Bridal.")
    record_number = forms.CharField(
        max_length=64, required=False, help_text="As it stands in your practice software; zeros at the start stay."
    )
    federal_program = forms.ChoiceField(
        choices=YesNoUnknown.choices,
        label="In Medicare, Medicaid or another federal program",
        help_text="Yes and not known keep gifts within the federal limits.",
    )

    def __init__(self, *args: Any, patient: Patient, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": details_initial(patient), **kwargs})
        for name, field in self.fields.items():
            if not isinstance(field, forms.ChoiceField):
                # The browser's own memory is not asked: it would offer one patient's details for the next.
                field.widget.attrs["autocomplete"] = "off"
            if name in ("birth_day", "birth_year", "postal_code"):
                field.widget.attrs["inputmode"] = "numeric"
        language = self.fields["language"]
        if isinstance(language, forms.ChoiceField) and patient.language not in dict(LANGUAGES):
            language.choices = [*LANGUAGES, (patient.language, patient.language)]

    def asked(self) -> dict[str, Any]:
        """Return what the action wants to know."""
        given = dict(self.cleaned_data)
        return {
            "typed": {name: given[name] for name in _TYPED},
            "birth": tuple(given[f"birth_{part}"] for part in ("year", "month", "day")),
            "language": given["language"],
            "preferred_channel": given["preferred_channel"],
            "tags": [tag for tag in (one.strip() for one in given["tags"].split(",")) if tag],
            "federal_program": given["federal_program"],
        }


def details_initial(patient: Patient) -> dict[str, Any]:
    """What the form shows of a patient."""
    same = (*_TYPED, "birth_month", "birth_day", "birth_year", "language", "preferred_channel", "federal_program")
    return {name: getattr(patient, name) for name in same} | {"tags": ", ".join(patient.tags)}


class ContactPointForm(ActionForm):
    """`taken`: the kind is known, for one that is on file."""

    kind = forms.ChoiceField(choices=ContactPoint.Kind.choices, label="What it is")
    value = forms.CharField(max_length=254, label="Number or address", error_messages={"required": "Write it first."})
    label = forms.ChoiceField(choices=_LABELS, required=False, label="Which one")
    do_not_use = forms.BooleanField(
        required=False, label="Do not use it", help_text="It stays on file, and nobody calls or writes there."
    )

    def __init__(self, *args: Any, taken: ContactPoint | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "c_%s", **kwargs})
        self.fields["value"].widget.attrs["autocomplete"] = "off"
        if taken is None:
            del self.fields["do_not_use"]
            return
        del self.fields["kind"]
        label = self.fields["label"]
        if isinstance(label, forms.ChoiceField) and taken.label not in ("", *LABELS):
            label.choices = [*_LABELS, (taken.label, taken.label.capitalize())]


class WishesForm(ActionForm):
    no_voicemail = forms.BooleanField(
        required=False, label="No voicemail", help_text="Nobody leaves a message where others may hear it."
    )
    plain_envelope = forms.BooleanField(
        required=False, label="Plain envelope", help_text="Nothing on the outside says who writes."
    )
    not_at_home = forms.BooleanField(
        required=False, label="Not at home", help_text="No call to the home number, no letter that names us."
    )
    no_contact = forms.BooleanField(
        required=False,
        label="No contact at all",
        help_text="Everything that is planned for them is called off at once. It can be taken back.",
    )
    deceased = forms.BooleanField(
        required=False, label="Has died", help_text="The same, and their record says so. It can be taken back."
    )
    deceased_on = forms.DateField(widget=DateInput, required=False, label="On the day, if known")

    def __init__(self, *args: Any, patient: Patient, **kwargs: Any) -> None:
        known = {wish.value: getattr(patient, wish.value) for wish in Wish} | {"deceased_on": patient.deceased_on}
        super().__init__(*args, **{"initial": known, "auto_id": "w_%s", **kwargs})

    def wishes(self) -> dict[Wish, bool]:
        """Return what is wished, of all that can be."""
        return {wish: bool(self.cleaned_data[wish.value]) for wish in Wish}
