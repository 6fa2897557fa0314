"""What is chosen when a hold-out starts."""

from django import forms

from frontend.forms.parts import ActionForm
from frontend.holdout_words import WHAT

_PERCENT = [(5, "1 in 20"), (10, "1 in 10"), (15, "3 in 20"), (20, "1 in 5")]
_DAYS = [(60, "60 days"), (90, "90 days"), (120, "120 days"), (180, "180 days")]
_MONTHS = [(6, "6 months"), (9, "9 months"), (12, "A year"), (18, "A year and a half"), (24, "Two years")]
_EFFECT = [(5, "5 more in 100"), (10, "10 more in 100"), (15, "15 more in 100"), (20, "20 more in 100")]


class HoldoutForm(ActionForm):
    kind = forms.ChoiceField(
        choices=[(kind, words.choice) for kind, words in WHAT.items()], label="What may be left out"
    )
    percent = forms.TypedChoiceField(choices=_PERCENT, coerce=int, label="For how many patients")
    outcome_days = forms.TypedChoiceField(
        choices=_DAYS, coerce=int, label="Back within", help_text="A little longer than patients usually take."
    )
    least_effect = forms.TypedChoiceField(
        choices=_EFFECT, coerce=int, label="Worth knowing", help_text="Patients who come back because of it."
    )
    months = forms.TypedChoiceField(
        choices=_MONTHS, coerce=int, label="It runs for", help_text="The end stays as chosen."
    )
