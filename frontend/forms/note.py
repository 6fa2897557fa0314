"""Why a note is not written this time."""

from typing import Any

from django import forms

from frontend.forms.parts import ActionForm

OTHER = "other"
REASONS = [
    ("Thanked in person", "We thanked them in person"),
    ("Wishes no card", "They wish no card"),
    ("No address", "There is no address"),
    ("Not the right moment", "It is not the right moment"),
    (OTHER, "Another reason"),
]


class SkipForm(ActionForm):
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
