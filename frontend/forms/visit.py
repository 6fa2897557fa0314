"""When, where, with whom and for what a patient comes."""

from datetime import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet

from frontend.forms.parts import ActionForm, DateInput, TimeInput
from loyalty.models import Location, Service, Staff, StaffRole
from loyalty.visits.local_time import starting


class PlaceForm(ActionForm):
    """Where, with whom and for what. A practice of one location is not asked where."""

    fields_of = {"location_id": "location", "staff_id": "staff", "service_id": "service"}

    service = forms.ModelChoiceField(Service.objects.none(), required=False, empty_label="Not decided")
    staff = forms.ModelChoiceField(Staff.objects.none(), required=False, label="With", empty_label="Not decided")
    location = forms.ModelChoiceField(Location.objects.none(), label="Where", empty_label=None)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        locations = Location.objects.filter(is_active=True).order_by("name")
        providers = Staff.objects.filter(is_active=True, role=StaffRole.PROVIDER).order_by("display_name")
        self._choose_from("service", Service.objects.filter(is_active=True).order_by("name"))
        self._choose_from("staff", providers)
        self._choose_from("location", locations)
        if len(locations) == 1:
            self.fields["location"].widget = forms.HiddenInput()
            self.initial["location"] = locations[0].pk

    def _choose_from(self, name: str, rows: QuerySet[Any]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = rows

    def asked(self) -> dict[str, Any]:
        """Return what the action wants to know."""
        given = self.cleaned_data
        return {
            "location_id": given["location"].id,
            "staff_id": given["staff"].id if given["staff"] else None,
            "service_id": given["service"].id if given["service"] else None,
        }


class MomentForm(ActionForm):
    """A day and a time on the location's clock."""

    fields_of = {"starts_at": "clock"}

    day = forms.DateField(widget=DateInput, label="Day", error_messages={"required": "Choose a day."})
    clock = forms.TimeField(widget=TimeInput, label="Time", error_messages={"required": "Choose a time."})

    def starts_at(self, time_zone: str) -> datetime:
        """Return the moment in UTC; raises DomainError for an hour that a change of the clocks leaves out."""
        return starting(day=self.cleaned_data["day"], clock=self.cleaned_data["clock"], time_zone=time_zone)


class BookForm(PlaceForm, MomentForm):
    fields_of = {**PlaceForm.fields_of, **MomentForm.fields_of}
    field_order = ["day", "clock", "service", "staff", "location"]

    def asked(self) -> dict[str, Any]:
        """Return what the action wants to know; raises DomainError like ``starts_at``."""
        return super().asked() | {"starts_at": self.starts_at(self.cleaned_data["location"].time_zone)}
