"""Inviting people, changing what they are, and letting them go."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms

from frontend.forms.parts import ActionForm
from tenants.permissions import may_give

Choices = Iterable[tuple[str, str]]


def roles_to_give(role: str, choices: Choices) -> list[tuple[str, str]]:
    """Of `choices` those that somebody with `role` may give."""
    return [(value, label) for value, label in choices if may_give(role, value)]


ROLE_ERRORS = {"required": "Choose a role.", "invalid_choice": "Choose one of the roles."}


class InviteForm(ActionForm):
    """roles: the ones that the asker may give."""

    name = forms.CharField(
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        label="Their name",
        error_messages={"required": "Write the name of the person you invite."},
    )
    email = forms.CharField(
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
        label="Their work email",
        help_text="The invitation is good for this address only.",
        error_messages={"required": "Write a work email such as kim@example.com."},
    )
    role = forms.ChoiceField(
        widget=forms.RadioSelect,
        label="What they will be",
        error_messages=ROLE_ERRORS,
    )

    def __init__(self, *args: Any, roles: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = list(roles)  # type: ignore[attr-defined]


class RoleForm(ActionForm):
    role = forms.ChoiceField(error_messages=ROLE_ERRORS)

    def __init__(self, *args: Any, roles: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = list(roles)  # type: ignore[attr-defined]


class DepartureForm(ActionForm):
    """colleagues: who could take over."""

    work_to = forms.TypedChoiceField(
        coerce=UUID,
        empty_value=None,
        required=False,
        label="Who takes over",
        error_messages={"invalid_choice": "Choose a colleague who is there."},
    )

    def __init__(self, *args: Any, colleagues: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["work_to"].choices = [("", "Whoever is there"), *colleagues]  # type: ignore[attr-defined]


class HandOverForm(ActionForm):
    becomes = forms.ChoiceField(
        choices=[("manager", "Manager"), ("provider", "Provider"), ("front_desk", "Front desk")],
        widget=forms.RadioSelect,
        label="What you will be afterwards",
        error_messages={"required": "Choose what you will be.", "invalid_choice": "Choose what you will be."},
    )
