"""How public reviews are asked for, and on which sites."""

from django import forms

from frontend.forms.parts import ActionForm
from loyalty.reviews.asking import SHARES


def _share(percent: int) -> str:
    return "All of them" if percent == 100 else f"{percent} %, drawn at random"


class AskingForm(ActionForm):
    is_on = forms.BooleanField(required=False, label="Ask for public reviews")
    after_days = forms.IntegerField(
        min_value=1, max_value=7, label="Days after the visit", help_text="1 to 7. Never on the day itself."
    )
    every_days = forms.IntegerField(
        min_value=90, max_value=730, label="Each patient at most every", help_text="90 to 730 days."
    )
    share = forms.TypedChoiceField(
        choices=[(percent, _share(percent)) for percent in SHARES], coerce=int, label="Of those whose turn it is"
    )


class NewSiteForm(ActionForm):
    name = forms.CharField(max_length=80, label="Name")
    url = forms.CharField(max_length=500, required=False, label="Address of the site")
    policy = forms.CharField(
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        label="What it says about asking",
        help_text="Read its rules, and write it in your words.",
    )
    forbids_asking = forms.BooleanField(
        required=False, label="It does not want anybody to be asked", help_text="Then it can never be switched on."
    )


class SiteForm(ActionForm):
    own_url = forms.CharField(
        max_length=500,
        required=False,
        label="Your page there",
        help_text="The address where somebody can write about you.",
    )
    asking_allowed = forms.BooleanField(required=False, label="Ask for reviews on this site")
