"""What is looked for in the trail."""

from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms

from core.audit.read import Wanted, What
from frontend.forms.parts import DateInput

NOBODY = "nobody"
WHAT = [
    ("", "Everything"),
    (What.LOOKED.value, "Looked at something"),
    (What.CHANGED.value, "Changed something"),
    (What.REFUSED.value, "Was refused"),
]


class TrailForm(forms.Form):
    """people: id → name of everyone who ever was at the practice."""

    who = forms.ChoiceField(required=False)
    what = forms.ChoiceField(choices=WHAT, required=False)
    since = forms.DateField(widget=DateInput, required=False, label="From")
    until = forms.DateField(widget=DateInput, required=False, label="To")
    patient = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, people: dict[UUID, str], **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "t_%s", **kwargs})
        names = [(str(id), name) for id, name in people.items()]
        who = self.fields["who"]
        if isinstance(who, forms.ChoiceField):
            who.choices = [("", "Everyone"), *names, (NOBODY, "Nobody: jobs and operators")]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", "Choose a day that is not before the first one.")
        return cleaned

    def wanted(self, zone: ZoneInfo) -> Wanted:
        """What was asked for, days taken in `zone`; everything where a field made no sense."""
        given = self.cleaned_data if self.is_valid() else {}
        who, since, until = given.get("who", ""), given.get("since"), given.get("until")
        return Wanted(
            what=What(given["what"]) if given.get("what") else None,
            person=UUID(who) if who not in ("", NOBODY) else None,
            nobody=who == NOBODY,
            patient=given.get("patient"),
            since=datetime.combine(since, time.min, zone) if since else None,
            until=datetime.combine(until + timedelta(days=1), time.min, zone) if until else None,
        )
