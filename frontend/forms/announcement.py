"""What the network says to everybody in its practices."""

from typing import Any

from django import forms

from frontend.forms.parts import ActionForm
from tenants.actions.announce import LONGEST_DAYS


class AnnouncementForm(ActionForm):
    title = forms.CharField(max_length=120, label="In a few words", error_messages={"required": "Give it a title."})
    body = forms.CharField(
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        label="What everybody should know",
        help_text="Plain words. Nothing about a patient, and nothing about a single practice.",
        error_messages={"required": "Write what everybody should know."},
    )
    days = forms.IntegerField(
        min_value=1,
        max_value=LONGEST_DAYS,
        initial=14,
        label="Show it for so many days",
        error_messages={"required": "Say for how many days."},
    )

    def asked(self) -> dict[str, Any]:
        """Return what the action wants to know."""
        return dict(self.cleaned_data)
