"""Requests about a record, and their answers."""

from typing import Any

from django import forms

from frontend.forms.parts import ActionForm, DateInput
from loyalty.models import DenialBasis, Recipient, RecordRequest, RequestKind
from loyalty.record_requests.answer import OF_AMENDMENT


class RequestForm(ActionForm):
    kind = forms.ChoiceField(
        choices=RequestKind.choices,
        widget=forms.RadioSelect,
        label="They ask to",
        error_messages={"required": "Choose what they ask for."},
    )
    text = forms.CharField(
        max_length=2000,
        widget=forms.Textarea,
        label="In their words",
        error_messages={"required": "Write what they ask for."},
    )
    recipient = forms.ChoiceField(
        choices=[("", "Choose"), *Recipient.choices],
        required=False,
        label="Who is not to be told",
        help_text="Only where they ask to restrict who is told.",
    )
    paid_in_full = forms.BooleanField(
        required=False,
        label="They paid for it in full themselves",
        help_text="Then their health plan must not be told, and this cannot be denied.",
    )
    source = forms.CharField(
        max_length=120,
        label="How it reached you",
        help_text="Such as: a letter, told the front desk.",
        error_messages={"required": "Say how it reached you."},
    )
    received_on = forms.DateField(widget=DateInput, label="On which day")


class _TextForm(ActionForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": f"{type(self).__name__.lower()}_%s", **kwargs})


class AcceptForm(_TextForm):
    answer_text = forms.CharField(
        max_length=2000,
        widget=forms.Textarea,
        label="What was done",
        help_text="What was corrected, or how the restriction is kept.",
        error_messages={"required": "Write what was done about it."},
    )
    told_on = forms.DateField(widget=DateInput, required=False, label="Patient told on")


class DenyForm(_TextForm):
    basis = forms.ChoiceField(
        widget=forms.RadioSelect,
        label="The reason that the law knows",
        error_messages={"required": "Choose one of the reasons that the law knows."},
    )
    answer_text = forms.CharField(
        max_length=2000,
        widget=forms.Textarea,
        label="In plain words, for their letter",
        error_messages={"required": "Write the reason in plain words."},
    )
    told_on = forms.DateField(widget=DateInput, required=False, label="Patient told on")

    def __init__(self, *args: Any, record_request: RecordRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        of_kind = OF_AMENDMENT if record_request.kind == RequestKind.AMENDMENT else (DenialBasis.CANNOT_KEEP,)
        basis = self.fields["basis"]
        if isinstance(basis, forms.ChoiceField):
            basis.choices = [(one.value, one.label) for one in of_kind]


class ExtendForm(_TextForm):
    because = forms.CharField(
        max_length=500,
        label="Why it takes longer",
        help_text="The patient is told this, and the new day, in writing.",
        error_messages={"required": "Write the reason, as the patient is told it."},
    )
    until = forms.DateField(widget=DateInput, label="Answered by")


class DisagreeForm(_TextForm):
    statement = forms.CharField(
        max_length=2000,
        widget=forms.Textarea,
        label="Their statement, in their words",
        error_messages={"required": "Write their statement, in their words."},
    )


class EndForm(_TextForm):
    because = forms.CharField(
        max_length=500,
        label="Who asked for the end of it, and when",
        error_messages={"required": "Write who asked for it, and when."},
    )


class ToldForm(_TextForm):
    told_on = forms.DateField(widget=DateInput, label="Patient told on")


class DisclosureForm(ActionForm):
    on = forms.DateField(widget=DateInput, label="On which day")
    to_whom = forms.CharField(max_length=200, label="To whom", error_messages={"required": "Write who got it."})
    address = forms.CharField(max_length=300, required=False, label="Their address")
    what = forms.CharField(max_length=500, label="What was given", error_messages={"required": "Write what was given."})
    purpose = forms.CharField(max_length=500, label="Why", error_messages={"required": "Write why it was given."})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["autocomplete"] = "off"


class StrikeForm(ActionForm):
    because = forms.CharField(
        max_length=300, label="What was wrong with it", error_messages={"required": "Write what was wrong with it."}
    )
