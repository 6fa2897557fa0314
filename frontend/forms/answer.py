"""A patient's own answer: from the tablet, or from the page that a link opens."""

import re
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms

from frontend.forms.parts import ActionForm
from loyalty.feedback.choices import BETTER, ELSEWHERE, LIKED, WORTH, in_words
from loyalty.feedback.said import Said
from loyalty.models import Promise

_LONGEST = 2000
KEPT = {Promise.Kept.YES: "Yes", Promise.Kept.PARTLY: "Partly", Promise.Kept.NO: "No"}
_OF_A_PROMISE = re.compile(r"promise-([0-9a-f-]{36})\Z")


def promise_field(promise_id: UUID) -> str:
    return f"promise-{promise_id}"


class AnswerForm(ActionForm):
    """promises: id → what was promised; a field for each."""

    score = forms.TypedChoiceField(
        choices=[(n, str(n)) for n in range(11)],
        coerce=int,
        widget=forms.RadioSelect,
        label="How likely are you to recommend us to a friend?",
        error_messages={"required": "Choose a number from 0 to 10."},
    )
    liked = forms.MultipleChoiceField(
        choices=list(LIKED.items()), required=False, widget=forms.CheckboxSelectMultiple, label="What did you like?"
    )
    liked_more = forms.CharField(
        max_length=_LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off"}),
        label="Anything else you liked?",
    )
    better = forms.MultipleChoiceField(
        choices=list(BETTER.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label="What could we do better?",
    )
    better_more = forms.CharField(
        max_length=_LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off"}),
        label="Anything else we should know?",
    )
    worth = forms.TypedChoiceField(
        choices=list(WORTH.items()),
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
        label="Was it worth what you paid?",
    )
    elsewhere = forms.ChoiceField(
        choices=list(ELSEWHERE.items()),
        required=False,
        widget=forms.RadioSelect,
        label="Do you also see another practice for treatments like these?",
    )

    def __init__(self, *args: Any, promises: Mapping[UUID, str] | None = None, **more: Any) -> None:
        super().__init__(*args, **more)
        self._promises = dict(promises or {})
        for id, text in self._promises.items():
            self.fields[promise_field(id)] = forms.ChoiceField(
                choices=list(KEPT.items()), required=False, widget=forms.RadioSelect, label=f"“{text}”"
            )

    @property
    def promise_fields(self) -> list[forms.BoundField]:
        return [self[promise_field(id)] for id in self._promises]

    def said(self) -> Said:
        given = self.cleaned_data
        return Said(
            score=given["score"],
            liked=in_words(given["liked"], given["liked_more"], of=LIKED, field="liked"),
            better=in_words(given["better"], given["better_more"], of=BETTER, field="better"),
            worth=given["worth"],
            elsewhere=given["elsewhere"],
            promises={id: kept for id in self._promises if (kept := given[promise_field(id)])},
        )


class TabletAnswerForm(AnswerForm):
    """Which promises there are, the tablet was told when it took the visit; whose they are, the action checks."""

    opening = forms.UUIDField()
    submission = forms.UUIDField()
    seconds_ago = forms.IntegerField(min_value=0)

    def __init__(self, data: Mapping[str, Any]) -> None:
        names = [match.group(1) for name in data if (match := _OF_A_PROMISE.match(name))]
        super().__init__(data, promises={UUID(name): "" for name in names if _is_id(name)})


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
