"""One rule of the playbook."""

from collections.abc import Mapping
from typing import Any

from django import forms

from frontend.forms.parts import ActionForm
from frontend.forms.places import say_what_to_do
from loyalty.models import (
    Audience,
    DelayUnit,
    OccasionOf,
    PlaybookRule,
    Service,
    StaffRole,
    TouchpointChannel,
    TouchpointKind,
)
from loyalty.touchpoints.rules import Given
from loyalty.touchpoints.shapes import ALWAYS, LEAST_CONTENT, SHAPES, Condition

BEFORE, AFTER = "before", "after"
_SCORES = [("", "Any"), *((str(n), str(n)) for n in range(LEAST_CONTENT, 11))]
# Which fields ask for which condition.
CONDITIONS = {
    "audience": Condition.AUDIENCE,
    "service_id": Condition.SERVICE,
    "away_days": Condition.AWAY,
    "score_from": Condition.SCORES,
    "score_to": Condition.SCORES,
    "occasion": Condition.OCCASION,
}


class FittingSelect(forms.Select):
    """A list that knows with which triggers each of its values goes, so that the page can leave out the others."""

    def __init__(self, fits: Mapping[str, list[str]]) -> None:
        super().__init__()
        self.fits = fits

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option: dict[str, Any] = super().create_option(name, value, *args, **kwargs)
        if str(value) in self.fits:
            option["attrs"]["data-fits"] = " ".join(self.fits[str(value)])
        return option


_KINDS = {kind.value: [one.value for one, shape in SHAPES.items() if kind in shape.kinds] for kind in TouchpointKind}
# A kind that no trigger makes is made by hand elsewhere.
_CHOSEN_KINDS = [(kind.value, kind.label) for kind in TouchpointKind if _KINDS[kind.value]]


class RuleForm(ActionForm):
    """The delay is asked as a number with a side; `given` puts them together."""

    fields_of = {"delay": "number"}

    name = forms.CharField(max_length=120, label="Name", help_text="As your team calls it.")
    trigger = forms.ChoiceField(choices=[(one.value, one.label) for one in SHAPES], label="When")
    kind = forms.ChoiceField(choices=_CHOSEN_KINDS, widget=FittingSelect(_KINDS), label="Make a")
    number = forms.IntegerField(min_value=0, max_value=400, label="How long")
    delay_unit = forms.ChoiceField(choices=DelayUnit.choices, label="Counted in")
    side = forms.ChoiceField(choices=[(AFTER, "after it"), (BEFORE, "before the day")], label="Before or after")
    role = forms.ChoiceField(choices=StaffRole.choices, label="Who")
    channel = forms.ChoiceField(choices=TouchpointChannel.choices, label="How")
    audience = forms.ChoiceField(choices=Audience.choices, label="Whom")
    service_id = forms.ModelChoiceField(
        queryset=Service.objects.none(), required=False, empty_label="Any service", label="Service"
    )
    away_days = forms.IntegerField(
        min_value=1, max_value=3650, required=False, label="Away so many days", help_text="Since the visit before."
    )
    score_from = forms.TypedChoiceField(
        choices=_SCORES, coerce=int, empty_value=None, required=False, label="Score from"
    )
    score_to = forms.TypedChoiceField(choices=_SCORES, coerce=int, empty_value=None, required=False, label="to")
    occasion = forms.ChoiceField(
        choices=[("", "All of them"), *OccasionOf.choices], required=False, label="Personal days"
    )

    def __init__(self, *args: Any, rule: PlaybookRule | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say_what_to_do(self)
        self.fields["name"].widget.attrs["autocomplete"] = "off"
        services = self.fields["service_id"]
        if isinstance(services, forms.ModelChoiceField):
            services.queryset = Service.objects.order_by("-is_active", "name", "id")
        if rule is not None and rule.kind in ALWAYS:
            self._keep_sense(rule)

    def _keep_sense(self, rule: PlaybookRule) -> None:
        """What somebody is owed keeps its trigger and kind, and is owed to everybody."""
        for name in ("trigger", "kind", *CONDITIONS):
            del self.fields[name]
        self.sense = {"trigger": rule.trigger, "kind": rule.kind}

    sense: dict[str, str] = {}

    def given(self) -> Given:
        """What the domain takes."""
        kept = {"audience": Audience.EVERYONE.value, "service_id": None, "away_days": None, "score_from": None}
        given = {**kept, "score_to": None, "occasion": "", **self.cleaned_data, **self.sense}
        service = given["service_id"]
        number = given["number"]
        return Given(
            name=given["name"],
            trigger=given["trigger"],
            kind=given["kind"],
            channel=given["channel"],
            role=given["role"],
            delay=-number if given["side"] == BEFORE else number,
            delay_unit=given["delay_unit"],
            audience=given["audience"],
            service_id=service.id if service else None,
            away_days=given["away_days"],
            score_from=given["score_from"],
            score_to=given["score_to"],
            occasion=given["occasion"],
        )

    def conditions(self) -> list[tuple[forms.BoundField, str]]:
        """Each field with the triggers that it goes with."""
        return [
            (self[name], " ".join(one.value for one, shape in SHAPES.items() if condition in shape.conditions))
            for name, condition in CONDITIONS.items()
            if name in self.fields
        ]


class ChangeRuleForm(RuleForm):
    version = forms.IntegerField(widget=forms.HiddenInput)


def initial_of(rule: PlaybookRule) -> dict[str, Any]:
    names = ("name", "trigger", "kind", "channel", "role", "delay_unit", "version", *CONDITIONS)
    side = BEFORE if rule.delay < 0 else AFTER
    return {**{name: getattr(rule, name) for name in names}, "number": abs(rule.delay), "side": side}
