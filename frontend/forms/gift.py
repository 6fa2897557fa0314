"""Gifts to patients, and how much they may be worth."""

from decimal import Decimal
from typing import Any

from django import forms

from frontend.forms.parts import ActionForm, DateInput

_CENTS = Decimal(100)


def dollars_field(label: str, help_text: str = "") -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        help_text=help_text,
        min_value=0,
        max_digits=9,
        decimal_places=2,
        widget=forms.NumberInput(attrs={"inputmode": "decimal", "step": "0.01"}),
        error_messages={"invalid": "Write an amount in dollars, such as 12.50."},
    )


def cents(dollars: Decimal) -> int:
    return int(dollars * _CENTS)


class GiftForm(ActionForm):
    fields_of = {"value_cents": "value", "occasion_id": "occasion"}

    what = forms.CharField(
        max_length=120, label="What is it?", help_text="Such as: a book on roses. Never cash or a gift card."
    )
    value = dollars_field("Worth, in dollars", "What it costs in a shop.")
    given_on = forms.DateField(widget=DateInput, label="Given on")
    occasion = forms.ChoiceField(required=False, label="For")

    def __init__(self, *args: Any, occasions: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["what"].widget.attrs["autocomplete"] = "off"
        self.fields["occasion"].choices = [("", "No occasion"), *occasions]  # type: ignore[attr-defined]
        if not occasions:
            del self.fields["occasion"]


class LimitsForm(ActionForm):
    fields_of = {
        "gift_cents": "gift",
        "year_cents": "year",
        "no_program_gift_cents": "no_program_gift",
        "no_program_year_cents": "no_program_year",
    }

    gift = dollars_field("One gift")
    year = dollars_field("All gifts of a calendar year")
    no_program_gift = dollars_field("One gift")
    no_program_year = dollars_field("All gifts of a calendar year")
