"""Partners' programs: what the network registers, and what a practice lets them do."""

from collections.abc import Iterable
from typing import Any

from django import forms

from frontend.forms.parts import ActionForm
from tenants.partners.scopes import PLAIN_WORDS, worded

_PLANNED, _STOLEN = "planned", "stolen"


class ScopesField(forms.MultipleChoiceField):
    """What a program may do, each in plain words. offered: the most that can be chosen."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, *, label: str, offered: Iterable[str] = tuple(PLAIN_WORDS), **more: Any) -> None:
        errors = {
            "required": "Choose at least one thing that it may do.",
            "invalid_choice": "Choose from what the program asks for.",
        }
        super().__init__(label=label, choices=worded(offered), error_messages=errors, **more)


class PartnerForm(ActionForm):
    """A program, as the network registers it."""

    name = forms.CharField(
        max_length=80,
        label="Its name",
        help_text="As practices know it.",
        error_messages={"required": "Give it the name that practices know it by."},
    )
    about = forms.CharField(
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        label="What it does for a practice",
        help_text="An owner reads this before saying yes.",
        error_messages={"required": "Say what it does for a practice."},
    )
    contact_email = forms.CharField(
        max_length=254,
        widget=forms.EmailInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
        label="Email of whoever keeps it running",
        help_text="Only the network sees this.",
        error_messages={"required": "Enter an email address like dana@example.com."},
    )
    scopes = ScopesField(
        label="What it may ask practices for, at most", help_text="Each practice’s owner grants this, or less."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("name", "contact_email"):
            self.fields[name].widget.attrs["autocomplete"] = "off"


class SecretForm(ActionForm):
    why = forms.ChoiceField(
        widget=forms.RadioSelect,
        choices=[
            (_PLANNED, "It is time for a new one, or it was lost on its way"),
            (_STOLEN, "Somebody may have seen it"),
        ],
        label="Why does it need a new secret?",
        error_messages={"required": "Say why.", "invalid_choice": "Say why."},
    )

    def asked(self) -> dict[str, Any]:
        """Return what the action wants to know."""
        return {"stolen": self.cleaned_data["why"] == _STOLEN}


class GrantForm(ActionForm):
    """offered: what the program asks for; chosen: what it may do already. Nothing is chosen for the owner."""

    scopes = ScopesField(label="What it may do here")

    def __init__(self, *args: Any, offered: Iterable[str], chosen: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"scopes": list(chosen)}, **kwargs})
        self.fields["scopes"].choices = worded(offered)  # type: ignore[attr-defined]
