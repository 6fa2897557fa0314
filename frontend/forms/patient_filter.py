"""What the list of patients is narrowed to, as it stands in an address."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict

from core.errors import DomainError
from core.months import MONTHS
from frontend.forms.parts import DateInput
from loyalty.patients.filter import PatientFilter
from loyalty.patients.filter_options import FilterOptions

YES, NO = "yes", "no"
SORTS = [("name", "Name"), ("last_visit", "Last visit")]


# Choices that say little without what was asked.
_NEED_LABEL = ("Birthday in", "Treated by", "Consent missing")


class PatientFilterForm(forms.Form):
    """feedback: the asker may see scores."""

    tag = forms.ChoiceField(required=False)
    upcoming = forms.ChoiceField(
        choices=[("", "With or without"), (YES, "Has a visit ahead"), (NO, "Has none ahead")],
        required=False,
        label="Next visit",
    )
    visited_since = forms.DateField(widget=DateInput, required=False, label="Last visit from")
    visited_until = forms.DateField(widget=DateInput, required=False, label="Last visit to")
    away_since = forms.DateField(widget=DateInput, required=False, label="Not here since")
    staff = forms.ChoiceField(required=False, label="Treated by")
    service = forms.ChoiceField(required=False)
    location = forms.ChoiceField(required=False)
    birth_month = forms.TypedChoiceField(
        choices=[("", "Any month"), *enumerate(MONTHS, 1)],
        coerce=int,
        empty_value=None,
        required=False,
        label="Birthday in",
    )
    no_consent = forms.ChoiceField(
        choices=[
            ("", "With or without"),
            ("any", "Neither texts nor email"),
            ("text", "No texts"),
            ("email", "No email"),
        ],
        required=False,
        label="Consent missing",
    )
    answer = forms.ChoiceField(
        choices=[("", "Any or none"), ("promoter", "Promoters, 9 or 10"), ("detractor", "Detractors, 0 to 6")],
        required=False,
        label="Last answer",
    )
    new_this_year = forms.BooleanField(required=False, label="New this year")
    minors = forms.BooleanField(required=False, label="Minors")
    no_contact = forms.BooleanField(required=False, label="No contact, or deceased")
    sort = forms.ChoiceField(choices=SORTS, required=False, label="Sorted by")

    def __init__(self, *args: Any, options: FilterOptions, feedback: bool, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "f_%s", **kwargs})
        self._offer("tag", "Any tag", {tag: tag for tag in options.tags})
        self._offer("staff", "Anybody", options.staff)
        self._offer("service", "Any service", options.services)
        self._offer("location", "Any location", options.locations)
        if len(options.locations) < 2:
            del self.fields["location"]
        if not feedback:
            del self.fields["answer"]

    def _offer(self, name: str, nothing: str, known: dict[Any, str]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            chosen = str(self.data.get(name, ""))
            # A tag that nobody has any more: what a saved view asks for stays readable.
            gone = {chosen: chosen} if name == "tag" and chosen and chosen not in known else {}
            field.choices = [("", nothing), *((str(key), text) for key, text in {**known, **gone}.items())]

    def asked(self) -> PatientFilter:
        """What is asked for; what made no sense is left out, and its reason stands at the field."""
        self.is_valid()
        given = {name: value for name, value in self.cleaned_data.items() if value not in (None, "", False)}
        for name in ("staff", "service", "location"):
            if name in given:
                given[name] = UUID(given[name])
        if "upcoming" in given:
            given["upcoming"] = given["upcoming"] == YES
        try:
            return PatientFilter(**given)
        except DomainError as error:
            self.add_error(error.field if error.field in self.fields else None, error.message)
            given.pop(error.field or "", None)
            return PatientFilter(**given)

    def chips(self, asked: PatientFilter, query: QueryDict) -> list[tuple[str, str]]:
        """What is asked for in words, each with the query that no longer asks for it."""
        shown = []
        for name, field in self.fields.items():
            if name == "sort" or getattr(asked, name) == getattr(PatientFilter(), name):
                continue
            without = query.copy()
            without.pop(name, None)
            without.pop("after", None)
            shown.append((self._in_words(field, getattr(asked, name)), without.urlencode()))
        return shown

    @staticmethod
    def _in_words(field: forms.Field, value: Any) -> str:
        if value is True and isinstance(field, forms.BooleanField):
            return str(field.label)
        if isinstance(field, forms.ChoiceField):
            key = (YES if value else NO) if isinstance(value, bool) else str(value)
            said = next((str(text) for one, text in _choices(field) if str(one) == key), key)
            return f"{field.label}: {said}" if field.label in _NEED_LABEL else said
        return f"{field.label} {value:%b} {value.day}, {value.year}"


def _choices(field: forms.ChoiceField) -> list[tuple[Any, Any]]:
    return list(field.choices)  # type: ignore[arg-type]


def as_query(asked: PatientFilter) -> QueryDict:
    """A filter as it stands in an address."""
    query = QueryDict(mutable=True)
    for name, value in asked.to_json().items():
        if name == "upcoming":
            query[name] = YES if value else NO
        elif name != "version":
            query[name] = "on" if value is True else str(value)
    return query
