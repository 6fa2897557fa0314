"""A location's usual week, and a day off."""

from datetime import date, time
from typing import Any

from django import forms
from django.forms import BoundField

from frontend.forms.parts import ActionForm, DateInput, TimeInput
from frontend.forms.places import say_what_to_do
from loyalty.locations.hours import USUAL, Week
from loyalty.visits.spoken import WEEKDAYS


class HoursForm(ActionForm):
    """Three fields a weekday: open_0, opens_0, closes_0 and so on from Monday."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, week: Week, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for weekday, name in enumerate(WEEKDAYS):
            opens, closes = week.get(weekday, USUAL[0])
            self.fields[f"open_{weekday}"] = forms.BooleanField(required=False, label=name, initial=weekday in week)
            for key, at, label in (("opens", opens, "opens"), ("closes", closes, "closes")):
                self.fields[f"{key}_{weekday}"] = forms.TimeField(
                    required=False,
                    widget=TimeInput,
                    label=f"{name} {label}",
                    initial=at,
                    error_messages={"invalid": "Write a time like 9:00."},
                )

    def rows(self) -> list[tuple[BoundField, BoundField, BoundField]]:
        return [(self[f"open_{n}"], self[f"opens_{n}"], self[f"closes_{n}"]) for n in range(len(WEEKDAYS))]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for n in range(len(WEEKDAYS)):
            for key in ("opens", "closes"):
                if cleaned.get(f"open_{n}") and cleaned.get(f"{key}_{n}") is None and not self.has_error(f"{key}_{n}"):
                    self.add_error(f"{key}_{n}", f"Say when {WEEKDAYS[n]} {key}, or take its mark off.")
            opens, closes = cleaned.get(f"opens_{n}"), cleaned.get(f"closes_{n}")
            if cleaned.get(f"open_{n}") and opens and closes and closes <= opens:
                self.add_error(f"closes_{n}", f"{WEEKDAYS[n]} closes before it opens. Correct one of the two.")
        return cleaned

    def week(self) -> dict[int, tuple[time, time]]:
        given = self.cleaned_data
        return {n: (given[f"opens_{n}"], given[f"closes_{n}"]) for n in range(len(WEEKDAYS)) if given[f"open_{n}"]}


class HolidayForm(ActionForm):
    """everywhere: at all locations."""

    day = forms.DateField(widget=DateInput, label="Day off")
    name = forms.CharField(max_length=80, label="What it is", help_text="Such as Thanksgiving, or a day of training.")
    everywhere = forms.BooleanField(required=False, label="At all locations")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say_what_to_do(self)
        self.fields["day"].widget.attrs["min"] = f"{today:%Y-%m-%d}"
        self.fields["name"].widget.attrs["autocomplete"] = "off"
