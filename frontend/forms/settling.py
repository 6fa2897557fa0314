"""Claims, payments and statements: what the network confirms and records."""

from typing import Any

from django import forms

from billing.purchasing.models import Way
from frontend.forms.money import AmountField
from frontend.forms.parts import ActionForm, DateInput


class ClaimForm(ActionForm):
    """seen: the total that the page showed, in minor units."""

    fields_of = {"last": "due_on"}

    seen = forms.IntegerField(widget=forms.HiddenInput)
    due_on = forms.DateField(
        widget=DateInput, label="Payment is due on", error_messages={"required": "Choose the day."}
    )


class MailClaimForm(ActionForm):
    """to_seen: the address that the page showed."""

    to_seen = forms.CharField(widget=forms.HiddenInput, required=False)


class DeliveryForm(ActionForm):
    way = forms.ChoiceField(choices=Way.choices, label="How it was sent", initial=Way.PORTAL)
    to = forms.CharField(
        max_length=120,
        label="Who received it",
        help_text="A person, an address or a ticket, such as Vendor portal, ticket 4711.",
        error_messages={"required": "Write who received it."},
    )
    day = forms.DateField(widget=DateInput, label="Sent on", error_messages={"required": "Choose the day."})


class PaymentForm(ActionForm):
    minor = AmountField(
        label="Amount", help_text="As it came in, such as 1,240.50.", error_messages={"required": "Write the amount."}
    )
    day = forms.DateField(widget=DateInput, label="Came in on", error_messages={"required": "Choose the day."})
    reference = forms.CharField(
        max_length=80,
        label="Reference",
        help_text="As it stands on the bank statement.",
        error_messages={"required": "Write the reference of the bank statement."},
    )

    def __init__(self, data: Any, *, currency: str, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["minor"].currency = currency  # type: ignore[attr-defined]


class WriteOffForm(ActionForm):
    why = forms.CharField(
        max_length=200,
        label="Why the vendor does not pay",
        help_text="The members concerned read this.",
        error_messages={"required": "Say why: members will read it."},
    )


class ApproveForm(ActionForm):
    """seen: what all statements of the page pay out, in minor units."""

    fields_of = {"quarter": "seen"}

    seen = forms.IntegerField(widget=forms.HiddenInput)


class ReceiptForm(ActionForm):
    first = forms.DateField(
        widget=DateInput, label="Bought from", error_messages={"required": "Choose the first day of the purchases."}
    )
    last = forms.DateField(
        widget=DateInput, label="Bought until", error_messages={"required": "Choose the last day of the purchases."}
    )
    minor = AmountField(label="Amount", error_messages={"required": "Write the amount that came in."})
    received_on = forms.DateField(widget=DateInput, label="Came in on", error_messages={"required": "Choose the day."})

    def __init__(self, data: Any, *, currency: str) -> None:
        super().__init__(data)
        self.fields["minor"].currency = currency  # type: ignore[attr-defined]
