"""What a patient agrees to, question by question. Nothing is chosen beforehand; what was not asked stays open."""

from collections.abc import Iterable
from typing import Any

from django import forms

from frontend.forms.parts import ActionForm
from loyalty.messages.consent import Question
from loyalty.models import Channel, ConsentPurpose

YES, NO = "yes", "no"


class ConsentForm(ActionForm):
    source = forms.CharField(max_length=120, label="How do we know?", help_text="Such as: told the front desk.")
    version = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, questions: Iterable[Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._asked = {f"{one.channel}-{one.purpose}": one for one in questions}
        for name, question in self._asked.items():
            self.fields[name] = forms.ChoiceField(
                choices=[(YES, "Yes"), (NO, "No")],
                widget=forms.RadioSelect,
                required=False,
                label=f"{Channel(question.channel).label}, {ConsentPurpose(question.purpose).label.lower()}",
            )
        self.fields["source"].widget.attrs["autocomplete"] = "off"

    def given(self) -> dict[tuple[str, str], bool]:
        """Return what was answered: (channel, purpose) → yes or no."""
        return {
            (question.channel, question.purpose): self.cleaned_data[name] == YES
            for name, question in self._asked.items()
            if self.cleaned_data.get(name)
        }

    def rows(self) -> list[tuple[Question, forms.BoundField]]:
        """Return each question with its field."""
        return [(question, self[name]) for name, question in self._asked.items()]
