"""What is looked for among the answers, and who looks after one."""

from datetime import date, timedelta
from uuid import UUID

from django import forms
from django.http import QueryDict

from loyalty.feedback.inbox import Group, Show, Wanted
from loyalty.models import FeedbackMode, Location, Staff, StaffRole
from loyalty.staff.at_work import at_work

PERIODS = {"": ("Last 12 months", 365), "90": ("Last 90 days", 90), "30": ("Last 30 days", 30), "all": ("Ever", 0)}
GROUPS = [("", "Every score"), ("promoters", "Promoters"), ("passives", "Passives"), ("detractors", "Detractors")]


class AnswersForm(forms.Form):
    """Sent with GET; what makes no sense is left out rather than refused: nobody types an address."""

    q = forms.CharField(required=False, label="Words or a name")
    group = forms.ChoiceField(choices=GROUPS, required=False, label="Score")
    mode = forms.ChoiceField(choices=[("", "Any way"), *FeedbackMode.choices], required=False, label="Answered")
    provider = forms.ModelChoiceField(Staff.objects.none(), required=False, label="Treated by", empty_label="Anybody")
    location = forms.ModelChoiceField(Location.objects.none(), required=False, label="Where", empty_label="Everywhere")
    period = forms.ChoiceField(
        choices=[(key, text) for key, (text, _) in PERIODS.items()], required=False, label="When"
    )

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        self.fields["provider"].queryset = Staff.objects.filter(role=StaffRole.PROVIDER).order_by(  # type: ignore[attr-defined]
            "-is_active", "display_name"
        )
        locations = Location.objects.filter(is_active=True).order_by("name")
        self.fields["location"].queryset = locations  # type: ignore[attr-defined]
        self.several_places = len(locations) > 1
        self.fields["q"].widget.attrs.update({"autocomplete": "off", "type": "search"})

    def wanted(self, *, show: Show, me: UUID | None, today: date) -> Wanted:
        self.is_valid()
        given = self.cleaned_data
        days = PERIODS[given.get("period") or ""][1]
        return Wanted(
            show=show,
            me=me,
            group=Group(given["group"]) if given.get("group") else None,
            mode=given.get("mode") or "",
            location_id=given["location"].id if given.get("location") else None,
            provider_id=given["provider"].id if given.get("provider") else None,
            since=today - timedelta(days=days) if days else None,
            words=given.get("q") or "",
        )


def colleagues() -> list[Staff]:
    """Who may look after an answer or own a recovery."""
    return list(at_work().exclude(role=StaffRole.FRONT_DESK))


def staff_of(post: QueryDict, name: str) -> UUID | None:
    """The id in a select, None for nobody and for what is none."""
    try:
        return UUID(post.get(name, ""))
    except ValueError:
        return None
