"""Pieces that several forms share: a form that takes the action's refusals, a date of which the end may be unknown."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django import forms

from core.errors import DomainError, NotFound
from core.months import MONTHS

Made = TypeVar("Made")


class ActionForm(forms.Form):
    """A form whose errors come from its fields or from the action that used them.

    fields_of: parameters of the action that are asked in fields of another name.
    """

    fields_of: Mapping[str, str] = {}

    def attempt(self, act: Callable[[], Made]) -> Made | None:
        """Return what ``act`` makes of a valid form; None where a field or the action refused, with the reason shown.

        Raises NotFound for a record that is not there.
        """
        if not self.is_valid():
            return None
        try:
            return act()
        except NotFound:
            raise
        except DomainError as error:
            name = self.fields_of.get(error.field or "", error.field)
            self.add_error(name if name in self.fields else None, error.message)
            return None


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")


def birth_month_field() -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        choices=[("", "Not known"), *enumerate(MONTHS, 1)],
        coerce=int,
        empty_value=None,
        required=False,
        label="Month of birth",
    )
