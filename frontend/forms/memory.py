"""Something to remember of a patient."""

from typing import Any

from django import forms

from frontend.forms.parts import ActionForm, DateInput
from loyalty.models import BriefPart, Sensitivity


class MemoryForm(ActionForm):
    text = forms.CharField(max_length=500, label="Something to remember")
    source = forms.CharField(max_length=120, label="Who told us", help_text="Such as: told the front desk.")
    part = forms.ChoiceField(choices=BriefPart.choices, initial=BriefPart.REMEMBER, label="On the brief under")
    sensitivity = forms.ChoiceField(choices=Sensitivity.choices, initial=Sensitivity.TEAM, label="Who may see it")
    expires_on = forms.DateField(widget=DateInput, required=False, label="Keep until")
    consented = forms.BooleanField(required=False, label="The patient agreed that we keep this")

    def __init__(self, *args: Any, clinical: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("text", "source"):
            self.fields[name].widget.attrs["autocomplete"] = "off"
        if not clinical:
            # Whoever may not see what providers keep to themselves could not take it back either.
            del self.fields["sensitivity"]
