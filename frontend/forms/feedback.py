"""A private answer, taken down by staff: the same questions as on the tablet."""

from django import forms

from frontend.forms.parts import ActionForm
from loyalty.models import Elsewhere

WORTH = [(1, "Not at all"), (2, "A little"), (3, "Fair"), (4, "Worth it"), (5, "More than worth it")]


class FeedbackForm(ActionForm):
    score = forms.TypedChoiceField(
        choices=[(n, str(n)) for n in range(11)],
        coerce=int,
        widget=forms.RadioSelect,
        label="How likely are they to recommend us to a friend?",
        error_messages={"required": "Choose a number from 0 to 10."},
    )
    liked = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 3}), required=False, label="What they liked", help_text="In their words."
    )
    better = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        label="What we could do better",
        help_text="In their words.",
    )
    worth = forms.TypedChoiceField(
        choices=WORTH,
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
        label="Was it worth what they paid?",
    )
    elsewhere = forms.ChoiceField(
        choices=Elsewhere.choices, required=False, widget=forms.RadioSelect, label="Do they also go elsewhere?"
    )
