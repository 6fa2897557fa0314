"""A patient's consent to publish their words, and why words come down."""

from typing import Any

from django import forms

from frontend.forms.parts import ActionForm, DateInput
from loyalty.models import Feedback, Insider, TakenDown

_INSIDER = [
    (Insider.NONE.value, "No"),
    (Insider.STAFF.value, "They work here"),
    (Insider.RELATIVE.value, "Family or friend of somebody who works here"),
    (Insider.GIVEN.value, "They got something free or cheaper"),
]


class AgreeForm(ActionForm):
    words = forms.CharField(
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        label="Their words",
        help_text="As they said them. What they signed is what is published.",
    )
    rating = forms.IntegerField(
        min_value=0,
        max_value=10,
        required=False,
        label="How likely to recommend us, 0 to 10",
        help_text="Only where they gave one.",
    )
    show_rating = forms.BooleanField(required=False, label="They agree to show the rating, too")
    said_on = forms.DateField(widget=DateInput, label="Said on", help_text="The page shows the month only.")
    shown_as = forms.ChoiceField(
        widget=forms.RadioSelect,
        label="Shown as",
        error_messages={"required": "Choose how their name is shown."},
    )
    insider = forms.ChoiceField(
        choices=_INSIDER,
        widget=forms.RadioSelect,
        label="Do they stand close to the practice?",
        help_text="Then the page says so beside their words.",
        error_messages={"required": "Say whether they stand close to the practice."},
    )
    source = forms.CharField(
        max_length=120, label="How we know that they agree", help_text="Such as: signed the form on June 15."
    )
    signed = forms.BooleanField(
        label="They signed the sentence shown on this page",
        error_messages={"required": "Without their signature nothing can be published."},
    )

    def __init__(self, *args: Any, names: list[tuple[str, str]], answer: Feedback | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._answer = answer
        field = self.fields["shown_as"]
        if isinstance(field, forms.ChoiceField):
            field.choices = names
        if answer is not None:
            # What they answered is what is shown, or nothing.
            self.fields["rating"].disabled = True

    def given(self) -> dict[str, Any]:
        given = {name: self.cleaned_data[name] for name in ("words", "said_on", "shown_as", "insider", "source")}
        return {**given, "rating": self.cleaned_data["rating"] if self.cleaned_data["show_rating"] else None}


class TakeDownForm(ActionForm):
    because = forms.ChoiceField(
        choices=TakenDown.choices,
        widget=forms.RadioSelect,
        label="Why does it come down?",
        help_text="What they rated, or that it is not flattering, is no reason.",
        error_messages={"required": "Choose a reason."},
    )
