"""Notes: why one is not written this time, whom it goes to, how it is printed."""

from typing import Any

from django import forms

from frontend.forms.parts import ActionForm
from frontend.print.cards import PAPERS
from frontend.print.labels import PER_SHEET

OTHER = "other"
REASONS = [
    ("Thanked in person", "We thanked them in person"),
    ("Wishes no card", "They wish no card"),
    ("No address", "There is no address"),
    ("Not the right moment", "It is not the right moment"),
    (OTHER, "Another reason"),
]


class SkipForm(ActionForm):
    fields_of = {"reason": "other"}

    why = forms.ChoiceField(
        choices=REASONS,
        widget=forms.RadioSelect,
        label="Why not this time?",
        error_messages={"required": "Choose a reason."},
    )
    other = forms.CharField(max_length=200, required=False, label="In your words")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("why") == OTHER and not cleaned.get("other"):
            self.add_error("other", "Write the reason in a few words.")
        return cleaned

    def reason(self) -> str:
        """Return the reason chosen, or the one in words."""
        return str(self.cleaned_data["other" if self.cleaned_data["why"] == OTHER else "why"])


class HandOverForm(forms.Form):
    to = forms.ChoiceField(label="Hand to a colleague")

    def __init__(self, *args: Any, colleagues: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = colleagues  # type: ignore[attr-defined]


class PrintForm(forms.Form):
    """Which notes, on which paper, from which label of a used sheet."""

    notes = forms.MultipleChoiceField(
        widget=forms.CheckboxSelectMultiple,
        label="Notes",
        error_messages={
            "required": "Choose at least one note.",
            "invalid_choice": "One of these notes is not waiting any more. Look at the list again.",
        },
    )
    paper = forms.ChoiceField(
        choices=[(key, paper.name) for key, paper in PAPERS.items()],
        initial="a2",
        widget=forms.RadioSelect,
        label="Size of the cards",
    )
    content = forms.ChoiceField(
        choices=[("lines", "Lines to write on"), ("words", "Your words, where you kept some")],
        initial="lines",
        widget=forms.RadioSelect,
        label="On each card",
    )
    start = forms.IntegerField(
        min_value=1,
        max_value=PER_SHEET,
        initial=1,
        label="First free label on the sheet",
        help_text="Avery 5160 has 30: count row by row from the top left.",
    )
    sender = forms.BooleanField(required=False, initial=True, label="Our name and address in small on each label")

    def __init__(self, *args: Any, notes: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["notes"].choices = notes  # type: ignore[attr-defined]


class PhotoForm(ActionForm):
    photo = forms.FileField(
        label="Picture of the card",
        help_text="JPEG, PNG or WebP. What the camera wrote into it, such as the place, is taken out.",
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/*", "capture": "environment"}),
        error_messages={
            "required": "Choose a picture, of 15 MB at most.",
            "empty": "The file is empty. Take the picture again.",
        },
    )

    def sent(self) -> bytes:
        return bytes(self.cleaned_data["photo"].read())
