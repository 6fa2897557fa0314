"""One tag for many patients: those who were chosen, or all that match."""

import json
from typing import Any
from uuid import UUID

from django import forms

from core.errors import DomainError
from frontend.forms.parts import ActionForm
from loyalty.patients.filter import PatientFilter, filter_from_json

CHOSEN, ALL = "chosen", "all"


class TagForm(ActionForm):
    fields_of = {"whom": "rows"}

    tag = forms.CharField(max_length=40, error_messages={"required": "Write the tag first."})
    what = forms.ChoiceField(choices=[("add", "Put on"), ("remove", "Take off")], required=False)
    whom = forms.ChoiceField(choices=[(CHOSEN, "The chosen ones"), (ALL, "All that match")], initial=CHOSEN)
    rows = forms.CharField(required=False)
    text = forms.CharField(required=False, max_length=200)
    filter = forms.CharField(required=False, widget=forms.HiddenInput)
    seen = forms.IntegerField(required=False)

    def chosen(self) -> list[UUID]:
        """Return the ids of the rows that were ticked; what is no id is left out."""
        found = []
        for given in self.data.getlist("rows") if hasattr(self.data, "getlist") else []:
            try:
                found.append(UUID(given))
            except ValueError:
                continue
        return found

    def asked(self) -> PatientFilter:
        """Raises DomainError for a filter that nobody here wrote."""
        return read_filter(self.cleaned_data["filter"])


class ViewForm(ActionForm):
    name = forms.CharField(max_length=60, label="Name of the view", error_messages={"required": "Give it a name."})
    shared = forms.BooleanField(required=False, label="The whole team sees it")
    filter = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "v_%s", **kwargs})
        self.fields["name"].widget.attrs["autocomplete"] = "off"


def read_filter(kept: str) -> PatientFilter:
    """Raises DomainError where `kept` is not JSON of a filter. Nothing kept is nothing asked."""
    try:
        return filter_from_json(json.loads(kept)) if kept else PatientFilter()
    except ValueError as error:
        raise DomainError("filter_unreadable", "Open the list again, and choose anew.") from error
