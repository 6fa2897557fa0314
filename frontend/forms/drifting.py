"""Leaving a patient who drifts for now."""

from django import forms

from frontend.forms.parts import ActionForm, DateInput


class LeaveForm(ActionForm):
    until = forms.DateField(
        widget=DateInput, label="Until", help_text="From that day on they stand on the list again, if they are away."
    )
    reason = forms.CharField(
        max_length=200,
        required=False,
        label="Why",
        help_text="Such as: moved for the winter, asked us to wait. No diagnosis.",
    )
