"""A month of the benchmarks is held, and why."""

from django import forms

from frontend.forms.parts import ActionForm
from frontend.forms.places import CHOOSE
from loyalty.benchmarks.hold_month import LONGEST_NOTE
from loyalty.benchmarks.models import HoldReason


class HoldForm(ActionForm):
    reason = forms.ChoiceField(
        label="Why hold it",
        choices=[CHOOSE, *HoldReason.choices],
        error_messages={"required": "Choose why the month is held."},
    )
    note = forms.CharField(
        max_length=LONGEST_NOTE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="For the network’s own history. Please write nothing about a single practice’s figures.",
    )
