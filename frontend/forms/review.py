"""A public review written down, its reply, a file of them."""

from typing import Any
from uuid import UUID

from django import forms

from frontend.forms.parts import ActionForm, DateInput
from loyalty.models import ReviewSite
from loyalty.reviews.read_file import text_of

_STARS = [("", "No stars"), *((str(n), f"{n} star{'' if n == 1 else 's'}") for n in range(5, 0, -1))]


class EnterForm(ActionForm):
    site_id = forms.TypedChoiceField(coerce=UUID, label="Where it stands")
    author = forms.CharField(max_length=120, required=False, label="Author", help_text="As the site shows them.")
    rating = forms.TypedChoiceField(choices=_STARS, coerce=int, empty_value=None, required=False, label="Stars")
    posted_on = forms.DateField(widget=DateInput, label="Written on")
    text = forms.CharField(widget=forms.Textarea(attrs={"rows": 6}), required=False, label="What it says")
    external_id = forms.CharField(
        max_length=200,
        required=False,
        label="The site’s own number",
        help_text="Where you know it: the same review is then never taken in twice.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["site_id"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [
                ("", "Choose"),
                *((str(id), name) for id, name in ReviewSite.objects.values_list("id", "name")),
            ]
        self.fields["author"].widget.attrs["autocomplete"] = "off"


class ReplyForm(ActionForm):
    reply = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 7}),
        required=False,
        max_length=4000,
        strip=False,
        label="Your reply",
        help_text="Anybody can read it. It never confirms who is a patient, and never names a treatment.",
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)


class FileForm(ActionForm):
    file = forms.FileField(
        label="CSV file",
        allow_empty_file=True,
        help_text="At most 1 MB and 2,000 rows.",
        error_messages={"required": "Choose a file."},
    )

    def text(self) -> str:
        """Raises DomainError for a file that is no text."""
        given = self.cleaned_data["file"]
        given.seek(0)
        return text_of(given.read(1_000_001))


class TakeInForm(ActionForm):
    text = forms.CharField(widget=forms.HiddenInput, strip=False)
