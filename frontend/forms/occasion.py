"""A personal day of a patient."""

from typing import Any

from django import forms

from core.months import MONTHS
from frontend.forms.parts import ActionForm
from loyalty.models import Occasion, OccasionKind
from loyalty.occasions.asked_for import FURTHEST_DAYS, LEAD_DAYS
from loyalty.occasions.keep import Day


class OccasionForm(ActionForm):
    kind = forms.ChoiceField(choices=OccasionKind.choices, initial=OccasionKind.CUSTOM, label="What it is")
    label = forms.CharField(
        max_length=80, required=False, label="Its name", help_text="Such as: Wedding, Marathon, Ruth’s graduation."
    )
    month = forms.TypedChoiceField(choices=list(enumerate(MONTHS, 1)), coerce=int, label="Month")
    day = forms.IntegerField(min_value=1, max_value=31, label="Day")
    year = forms.IntegerField(required=False, label="Year of the first time")
    lead_days = forms.IntegerField(
        min_value=0,
        max_value=FURTHEST_DAYS,
        initial=LEAD_DAYS,
        label="Days ahead",
        help_text="So many days before it stands on the list, so that a card arrives in time.",
    )

    def as_day(self) -> Day:
        return Day(**self.cleaned_data)


def initial_of(occasion: Occasion) -> dict[str, Any]:
    """What the form of an occasion on file begins with."""
    return {name: getattr(occasion, name) for name in OccasionForm.base_fields}


class LeaveOutForm(ActionForm):
    day = forms.DateField(widget=forms.HiddenInput)
    reason = forms.CharField(max_length=200, label="Why not this time?")
