"""A record is handed out: in which form, and to whom."""

from typing import Any

from django import forms

from frontend.forms.parts import ActionForm
from loyalty.models import Recipient
from loyalty.record_export.export import Form, Other

PATIENT, ELSE = "patient", "else"


class RecordExportForm(ActionForm):
    form = forms.ChoiceField(
        choices=[(Form.JSON.value, "Everything, as JSON"), (Form.FHIR.value, "For other medical software, as FHIR R4")],
        widget=forms.RadioSelect,
        label="As what",
        error_messages={"required": "Choose a form."},
    )
    whom = forms.ChoiceField(
        choices=[(PATIENT, "The patient, or who may act for them"), (ELSE, "Somebody else")],
        widget=forms.RadioSelect,
        label="Who gets it",
        error_messages={"required": "Choose who gets it."},
    )
    recipient = forms.ChoiceField(
        choices=[("", "Choose"), *Recipient.choices], required=False, label="What sort of recipient"
    )
    to_whom = forms.CharField(max_length=200, required=False, label="Name and office")
    address = forms.CharField(max_length=300, required=False, label="Their address")
    purpose = forms.CharField(max_length=500, required=False, label="Why")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("to_whom", "address", "purpose"):
            self.fields[name].widget.attrs["autocomplete"] = "off"

    def other(self) -> Other | None:
        """Return who gets it, None for the patient."""
        given = self.cleaned_data
        if given["whom"] == PATIENT:
            return None
        return Other(*(given[name] for name in ("recipient", "to_whom", "address", "purpose")))
