"""What is looked for in a trail."""

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
    """people: id → name of those who may have done something here."""

    who = forms.ChoiceField(required=False)
    what = forms.ChoiceField(choices=WHAT, required=False)
    since = forms.DateField(widget=DateInput, required=False, label="From")
    until = forms.DateField(widget=DateInput, required=False, label="To")

    def __init__(self, *args: Any, people: dict[UUID, str], **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "t_%s", **kwargs})
        names = [(str(id), name) for id, name in people.items()]
        self._offer("who", [("", "Everyone"), *names, (NOBODY, "Nobody: jobs and operators")])

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

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
            practice=UUID(given["practice"]) if given.get("practice") else None,
            since=datetime.combine(since, time.min, zone) if since else None,
            until=datetime.combine(until + timedelta(days=1), time.min, zone) if until else None,
        )


class PracticeTrailForm(TrailForm):
    patient = forms.UUIDField(required=False, widget=forms.HiddenInput)


class NetworkTrailForm(TrailForm):
    """practices: id → name of all there are or were."""

    practice = forms.ChoiceField(required=False)
    field_order = ["practice", "who", "what", "since", "until"]

    def __init__(self, *args: Any, practices: dict[UUID, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer("practice", [("", "All practices"), *((str(id), name) for id, name in practices.items())])
