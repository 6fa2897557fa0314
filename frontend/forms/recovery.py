"""Working a recovery: what was done, that the patient knows, and the end of it."""

from django import forms

from frontend.forms.parts import ActionForm, DateInput
from loyalty.models import BY_HAND


class StepForm(ActionForm):
    kind = forms.ChoiceField(
        choices=[(kind.value, kind.label) for kind in BY_HAND],
        label="What was done",
        error_messages={"required": "Choose what was done."},
    )
    text = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 3}),
        label="In a sentence",
        error_messages={"required": "Write a sentence on it, so that the next one knows."},
    )
    next_on = forms.DateField(
        widget=DateInput,
        required=False,
        label="Next step by",
        help_text="Left open: three working days after a contact, the next one after a try.",
    )


class TellForm(ActionForm):
    on = forms.DateField(widget=DateInput, required=False, label="Told on", help_text="Left open: today.")
    text = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        label="What they said",
        help_text="Their words, not ours. They stay in the log.",
    )


class CloseForm(ActionForm):
    recovered = forms.TypedChoiceField(
        choices=[("yes", "Yes, it is good again"), ("no", "No, it is not")],
        coerce=lambda value: value == "yes",
        empty_value=None,
        widget=forms.RadioSelect,
        label="Made good?",
        error_messages={"required": "Choose whether it was made good."},
    )
    done_text = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 3}),
        label="What was done",
        error_messages={"required": "Write what was done, so that the next one knows."},
    )
    untold_because = forms.CharField(
        max_length=300,
        required=False,
        label="Why they do not know",
        help_text="Only where they cannot be told: they want no contact, or could not be reached.",
    )


class ReopenForm(ActionForm):
    because = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 2}),
        label="What came up again",
        error_messages={"required": "Write what came up again."},
    )
