"""Where a program is told of changes, and of what."""

from collections.abc import Iterable
from typing import Any

from django import forms

from frontend.forms.parts import ActionForm
from tenants.webhooks.event_types import offered


class EndpointForm(ActionForm):
    """scopes: what the program may do here; it is told of nothing else. Nothing is chosen for the owner."""

    url = forms.CharField(
        max_length=500,
        label="Address",
        help_text="Its maker gives it to you. It begins with https://.",
        widget=forms.URLInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false", "inputmode": "url"}
        ),
        error_messages={
            "required": "Enter the address that its maker gave you.",
            "max_length": "Enter an address of at most 500 characters.",
        },
    )
    kinds = forms.MultipleChoiceField(
        label="It is told when",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Choose at least one thing that it is told.",
            "invalid_choice": "Choose only what the program may read here by now.",
        },
    )

    def __init__(self, *args: Any, scopes: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kinds"].choices = [(one.name, one.words) for one in offered(scopes)]  # type: ignore[attr-defined]
