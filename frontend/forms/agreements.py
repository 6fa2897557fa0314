"""The owner accepts agreements. Nothing is ticked beforehand, and the optional clause has a form of its own."""

from typing import Any

from django import forms

from frontend.forms.parts import ActionForm
from tenants.agreements import Standing
from tenants.models import Document

_TICK = {
    Document.TERMS: "I have read the terms of membership, and accept them for the practice",
    Document.BUSINESS_ASSOCIATE: "I have read the business associate agreement, and accept it for the practice",
    Document.DATA_AGGREGATION: "I have read the data-aggregation clause, and accept it for the practice",
}


class AcceptForm(ActionForm):
    """One box for each document that waits. `version_…` says which version was read."""

    def __init__(self, *args: Any, waiting: list[Standing], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._waiting = [standing.text for standing in waiting]
        for text in self._waiting:
            self.fields[text.document.value] = forms.BooleanField(
                label=_TICK[text.document], error_messages={"required": "Read it and tick the box to go on."}
            )
            self.fields[f"version_{text.document.value}"] = forms.IntegerField(
                initial=text.version, widget=forms.HiddenInput
            )

    def boxes(self) -> list[forms.BoundField]:
        return [self[text.document.value] for text in self._waiting]

    def versions(self) -> dict[Document, int]:
        """Return the version of each document that was read and ticked."""
        return {text.document: self.cleaned_data[f"version_{text.document.value}"] for text in self._waiting}
