"""Which of two values survives, and finding the record to merge with."""

from typing import Any

from django import forms

from frontend.forms.parts import ActionForm
from loyalty.patients.merging.preview import Choice

MINE, THEIRS = "mine", "theirs"


class MergeForm(ActionForm):
    """One question a value that both records give differently."""

    def __init__(self, *args: Any, asked: tuple[Choice, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for choice in asked:
            self.fields[choice.key] = forms.ChoiceField(
                label=choice.label,
                choices=[(MINE, choice.mine), (THEIRS, choice.theirs)],
                widget=forms.RadioSelect,
                initial=THEIRS if choice.theirs_first else MINE,
                error_messages={"required": "Choose one of the two."},
            )

    def taken(self) -> frozenset[str]:
        """Return the keys of what comes from the merged record."""
        return frozenset(key for key, value in self.cleaned_data.items() if value == THEIRS)
