"""A contract with a vendor: its terms, its signatures, its end."""

from typing import Any

from django import forms
from django.utils import timezone

from billing.purchasing.models import Fee
from core.money import DIGITS
from frontend.forms.money import AmountField, ShareField
from frontend.forms.parts import ActionForm, DateInput
from frontend.forms.vendor import CURRENCIES


class ContractForm(ActionForm):
    number = forms.CharField(
        max_length=60,
        label="Contract number",
        help_text="As it stands on the paper.",
        error_messages={"required": "Write it."},
    )
    name = forms.CharField(
        max_length=160,
        label="What it is about",
        help_text="Members read this.",
        error_messages={"required": "Say what it is about."},
    )
    currency = forms.ChoiceField(choices=CURRENCIES, initial="USD", label="Currency")
    begins_on = forms.DateField(widget=DateInput, label="First day", error_messages={"required": "Choose a day."})
    ends_on = forms.DateField(
        widget=DateInput, required=False, label="Last day", help_text="Empty: until somebody ends it."
    )
    fee = forms.ChoiceField(
        choices=Fee.choices,
        widget=forms.RadioSelect,
        label="What the network receives from the vendor",
        error_messages={"required": "Say what the network receives: nothing, a percentage or an amount."},
    )
    fee_rate = ShareField(required=False, label="The percentage", help_text="3% at most. Only if it is a percentage.")
    fee_minor = AmountField(required=False, label="The amount a year", help_text="Only if it is a fixed amount.")

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        chosen = (data or self.initial).get("currency")
        if chosen in DIGITS:
            self.fields["fee_minor"].currency = chosen  # type: ignore[attr-defined]
        for name in ("number", "name"):
            self.fields[name].widget.attrs["autocomplete"] = "off"


class SignForm(ActionForm):
    signed_on = forms.DateField(
        widget=DateInput, label="Signed on", initial=timezone.localdate, error_messages={"required": "Choose a day."}
    )
    signed_by = forms.CharField(
        max_length=120, label="For the network", error_messages={"required": "Write who signed for the network."}
    )
    signed_for_vendor_by = forms.CharField(
        max_length=120, label="For the vendor", error_messages={"required": "Write who signed for the vendor."}
    )
    fee_is_stated = forms.BooleanField(
        required=False, label="The signed agreement states this fee", help_text="The law wants every member to be told."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("signed_by", "signed_for_vendor_by"):
            self.fields[name].widget.attrs["autocomplete"] = "off"


class EndForm(ActionForm):
    """Of a contract or of an offer."""

    ends_on = forms.DateField(
        widget=DateInput, label="Last day", initial=timezone.localdate, error_messages={"required": "Choose a day."}
    )
