"""Somebody asks before they book."""

from typing import Any
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict

from frontend.forms.parts import ActionForm, DateInput, TimeInput, birth_month_field
from loyalty.inquiries.become_patient import TOLD, FirstVisit, NewPatient
from loyalty.inquiries.known import Known
from loyalty.models import CallOutcome, FoundVia, Inquiry, Location, Service, Staff, StaffRole
from loyalty.visits.local_time import starting

NOT_KEPT = {"autocomplete": "off"}
CLOSED_BECAUSE = [
    (text, text)
    for text in ("Went elsewhere", "Cannot be reached", "Not the right time", "The price", "We do not offer it")
]
OTHER = "other"
BIRTH = ("birth_month", "birth_day", "birth_year")


class InquiryForm(ActionForm):
    fields_of = {"location_id": "location"}

    name = forms.CharField(max_length=120, error_messages={"required": "Write down their name."})
    phone = forms.CharField(max_length=40, required=False, help_text="Or an email: one of them is needed.")
    email = forms.CharField(max_length=254, required=False)
    guardian_name = forms.CharField(
        max_length=120,
        required=False,
        label="Parent or guardian",
        help_text="For somebody under 18. The phone and email are theirs: we never call the child.",
    )
    found_via = forms.ChoiceField(
        choices=[("", "Not asked"), *FoundVia.choices], required=False, label="How they found us"
    )
    referrer_name = forms.CharField(max_length=120, required=False, label="Who sent them")
    wants = forms.CharField(widget=forms.Textarea(attrs={"rows": 2}), required=False, label="What they want")
    expects = forms.CharField(widget=forms.Textarea(attrs={"rows": 2}), required=False, label="What they expect of us")
    worries = forms.CharField(widget=forms.Textarea(attrs={"rows": 2}), required=False, label="What worries them")
    location = forms.ModelChoiceField(
        Location.objects.none(), required=False, label="Where they asked", empty_label="Not decided"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose_from(self, "location", Location.objects.filter(is_active=True).order_by("name"))
        for field in self.fields.values():
            field.widget.attrs.update(NOT_KEPT)
        self.fields["phone"].widget.attrs.update({"inputmode": "tel"})
        self.fields["email"].widget.attrs.update(
            {"inputmode": "email", "autocapitalize": "none", "spellcheck": "false"}
        )
        if self.fields["location"].queryset.count() < 2:  # type: ignore[attr-defined]
            del self.fields["location"]

    def asked(self, *, referrer_id: UUID | None = None) -> dict[str, Any]:
        """Return what the action wants to know. `referrer_id`: a patient who is on file as the one who sent them."""
        given = dict(self.cleaned_data)
        location = given.pop("location", None)
        return {**given, "location_id": location.id if location else None, "referrer_id": referrer_id}

    @staticmethod
    def initial_of(inquiry: Inquiry) -> dict[str, Any]:
        names = (
            "name", "phone", "email", "guardian_name", "found_via", "referrer_name", "wants", "expects", "worries",
            "location",
        )  # fmt: skip
        return {name: getattr(inquiry, name) for name in names}


class CallForm(ActionForm):
    outcome = forms.ChoiceField(
        choices=CallOutcome.choices,
        widget=forms.RadioSelect,
        label="What came of it",
        error_messages={"required": "Choose what came of the call."},
    )
    notes = forms.CharField(widget=forms.Textarea(attrs={"rows": 2}), required=False, label="What was said")
    promised = forms.CharField(
        max_length=300, required=False, label="What we promised", help_text="Stands on their first visit."
    )
    next_on = forms.DateField(widget=DateInput, required=False, label="Call again on")
    minutes = forms.IntegerField(
        required=False, label="Minutes", widget=forms.NumberInput(attrs={"inputmode": "numeric"})
    )


class CloseForm(ActionForm):
    fields_of = {"because": "other"}

    why = forms.ChoiceField(
        choices=[*CLOSED_BECAUSE, (OTHER, "Another reason")],
        widget=forms.RadioSelect,
        label="Why does it end here?",
        error_messages={"required": "Choose a reason."},
    )
    other = forms.CharField(max_length=200, required=False, label="In your words")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("why") == OTHER and not cleaned.get("other"):
            self.add_error("other", "Write the reason in a few words.")
        return cleaned

    def reason(self) -> str:
        return str(self.cleaned_data["other" if self.cleaned_data["why"] == OTHER else "why"])


class BecomePatientForm(ActionForm):
    """Who they are, what we may remember, and the first visit, which may be left open."""

    fields_of = {
        "phones": "phone", "emails": "email", "starts_at": "clock", "location_id": "location", "staff_id": "staff",
        "service_id": "service", "birth": "birth_year",
    }  # fmt: skip

    who = forms.ChoiceField(
        widget=forms.RadioSelect, label="Is it one of these?", error_messages={"required": "Say who it is."}
    )
    given_name = forms.CharField(max_length=120, required=False, label="First name")
    family_name = forms.CharField(max_length=120, required=False, label="Last name")
    preferred_name = forms.CharField(max_length=120, required=False, label="Likes to be called")
    birth_month = birth_month_field()
    birth_day = forms.IntegerField(required=False, label="Day of birth")
    birth_year = forms.IntegerField(required=False, label="Year of birth")
    phone = forms.CharField(max_length=40, required=False)
    email = forms.CharField(max_length=254, required=False)
    keep = forms.MultipleChoiceField(
        required=False, widget=forms.CheckboxSelectMultiple, label="They agree that we remember"
    )
    day = forms.DateField(widget=DateInput, required=False, label="Day")
    clock = forms.TimeField(widget=TimeInput, required=False, label="Time")
    service = forms.ModelChoiceField(Service.objects.none(), required=False, empty_label="Not decided")
    staff = forms.ModelChoiceField(Staff.objects.none(), required=False, label="With", empty_label="Not decided")
    location = forms.ModelChoiceField(Location.objects.none(), required=False, label="Where", empty_label=None)

    def __init__(self, data: QueryDict | None, *, inquiry: Inquiry, known: tuple[Known, ...]) -> None:
        first, _, last = inquiry.name.rpartition(" ")
        told = [field for field in TOLD if getattr(inquiry, field)]
        start = {
            "given_name": first or last, "family_name": last if first else "", "phone": inquiry.phone,
            "email": inquiry.email, "who": None if known else "new",
        }  # fmt: skip
        super().__init__(data, initial=start)
        people = [(str(one.patient_id), f"{one.name}, with the same {one.by}") for one in known]
        self.fields["who"].choices = [*people, ("new", "Somebody new")]  # type: ignore[attr-defined]
        self.fields["keep"].choices = [  # type: ignore[attr-defined]
            (field, f"{TOLD[field]}: {getattr(inquiry, field)}") for field in told
        ]
        if not told:
            del self.fields["keep"]
        if inquiry.is_minor:
            self.fields["phone"].label, self.fields["email"].label = "Guardian’s phone", "Guardian’s email"
        else:
            for part in BIRTH:
                del self.fields[part]
        _choose_from(self, "service", Service.objects.filter(is_active=True).order_by("name"))
        providers = Staff.objects.filter(is_active=True, role=StaffRole.PROVIDER).order_by("display_name")
        _choose_from(self, "staff", providers)
        locations = Location.objects.filter(is_active=True).order_by("name")
        _choose_from(self, "location", locations)
        self.initial["location"] = inquiry.location_id or (locations[0].pk if locations else None)
        for name in ("given_name", "family_name", "preferred_name", "phone", "email"):
            self.fields[name].widget.attrs.update(NOT_KEPT)
        self.asks_who = bool(known)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if bool(cleaned.get("day")) != bool(cleaned.get("clock")):
            self.add_error("clock" if cleaned.get("day") else "day", "Give the day and the time, or leave both open.")
        return cleaned

    def person(self) -> NewPatient | UUID:
        given = self.cleaned_data
        if given["who"] != "new":
            return UUID(given["who"])
        return NewPatient(
            given_name=given["given_name"],
            family_name=given["family_name"],
            preferred_name=given["preferred_name"],
            phones=[given["phone"]] if given["phone"] else [],
            emails=[given["email"]] if given["email"] else [],
            birth=(given.get("birth_year"), given.get("birth_month"), given.get("birth_day")),
        )

    def first_visit(self) -> FirstVisit | None:
        """Raises DomainError for an hour that a change of the clocks leaves out."""
        given = self.cleaned_data
        place = given.get("location")
        if not given["day"] or place is None:
            return None
        return FirstVisit(
            location_id=place.id,
            starts_at=starting(day=given["day"], clock=given["clock"], time_zone=place.time_zone),
            staff_id=given["staff"].id if given["staff"] else None,
            service_id=given["service"].id if given["service"] else None,
        )


def _choose_from(form: forms.Form, name: str, rows: QuerySet[Any]) -> None:
    field = form.fields[name]
    if isinstance(field, forms.ModelChoiceField):
        field.queryset = rows
