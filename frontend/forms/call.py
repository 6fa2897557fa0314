"""What became of a call."""

from typing import Any

from django import forms

from frontend.forms.note import OTHER
from frontend.forms.parts import ActionForm
from loyalty.models import CallResult
from loyalty.touchpoints.numbers import Number

REASONS = [
    ("Told in person", "We told them in person"),
    ("They called us", "They called us"),
    ("Not the right moment", "It is not the right moment"),
    (OTHER, "Another reason"),
]


class CallForm(ActionForm):
    """The result is the button that was pressed. promises: one a line."""

    result = forms.ChoiceField(
        choices=CallResult.choices, error_messages={"required": "Choose what became of the call."}
    )
    point_id = forms.UUIDField(required=False, widget=forms.Select, label="The number you called")
    promises = forms.CharField(
        max_length=3000,
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        label="What you promised",
        help_text="One a line. They are asked afterwards whether it happened.",
    )
    confirmed = forms.BooleanField(required=False, initial=True, label="They will come")
    minutes = forms.IntegerField(min_value=0, max_value=600, required=False, label="Minutes")

    def __init__(self, *args: Any, numbers: tuple[Number, ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(str(one.id), f"{one.label}, {one.value}") for one in numbers if one.allowed and one.id]
        self.fields["point_id"].widget.choices = [("", "Choose"), *known]
        self.has_choice = len(known) > 1
        self.fields["minutes"].error_messages["invalid"] = "Write a whole number."

    def told(self) -> list[str]:
        """The promises, one each."""
        return [line.strip() for line in str(self.cleaned_data["promises"]).splitlines() if line.strip()]


class MadeForm(ActionForm):
    """A contact that is not a call: a letter, a message, a word in person."""

    minutes = forms.IntegerField(min_value=0, max_value=600, required=False, label="Minutes")


class SkipCallForm(ActionForm):
    fields_of = {"reason": "other"}

    why = forms.ChoiceField(
        choices=REASONS,
        widget=forms.RadioSelect,
        label="Why not this time?",
        error_messages={"required": "Choose a reason."},
    )
    other = forms.CharField(max_length=200, required=False, label="In your words")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("why") == OTHER and not cleaned.get("other"):
            self.add_error("other", "Write the reason in a few words.")
        return cleaned

    def reason(self) -> str:
        """Return the reason chosen, or the one in words."""
        return str(self.cleaned_data["other" if self.cleaned_data["why"] == OTHER else "why"])
