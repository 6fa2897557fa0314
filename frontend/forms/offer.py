"""A price for members. What kind of offer it is, its prices tell."""

from typing import Any

from django import forms
from django.utils import timezone

from billing.purchasing.models import Contract, Item, OfferKind
from billing.purchasing.offers.keep_offer import GivenPrice
from core.sheets.cells.amounts import read_amount, read_share
from core.sheets.cells.faults import CellFault
from frontend.forms.parts import ActionForm, DateInput

ROWS = 5


class OfferForm(ActionForm):
    """quantity_0, price_0 …: from how many on, and an amount or a percentage off."""

    fields_of = {"item_id": "sku", "prices": "price_0", "kind": "price_0"}

    sku = forms.CharField(
        max_length=60,
        label="Item number",
        help_text="Of the vendor’s catalog.",
        error_messages={"required": "Write it."},
    )
    begins_on = forms.DateField(widget=DateInput, label="First day", error_messages={"required": "Choose a day."})
    ends_on = forms.DateField(
        widget=DateInput, required=False, label="Last day", help_text="Empty: as long as the contract."
    )

    def __init__(self, data: Any = None, *, contract: Contract, **kwargs: Any) -> None:
        today = timezone.localdate()
        first = {"begins_on": max(contract.begins_on, today), "quantity_0": 1}
        super().__init__(data, initial={**first, **kwargs.pop("initial", {})}, **kwargs)
        self._contract = contract
        self.fields["sku"].widget.attrs.update({"list": "skus", "autocomplete": "off"})
        for row in range(ROWS):
            self.fields[f"quantity_{row}"] = forms.IntegerField(
                required=False,
                min_value=1,
                max_value=1_000_000,
                label=f"Step {row + 1}, from how many",
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
                error_messages={"invalid": "Write a whole number.", "min_value": "A step begins with one or more."},
            )
            self.fields[f"price_{row}"] = forms.CharField(
                required=False, max_length=40, label=f"Step {row + 1}, price of one unit"
            )
            self.fields[f"price_{row}"].widget.attrs.update({"inputmode": "decimal", "autocomplete": "off"})

    @property
    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"quantity_{row}"], self[f"price_{row}"]) for row in range(ROWS)]

    def clean_sku(self) -> Item:
        item = Item.objects.filter(
            vendor=self._contract.vendor_id, sku__iexact=self.cleaned_data["sku"].strip()
        ).first()
        if item is None:
            raise forms.ValidationError("No item of this vendor has that number. Look it up in the catalog.")
        return item

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        prices: list[GivenPrice] = []
        for row in range(ROWS):
            quantity, text = given.get(f"quantity_{row}"), (given.get(f"price_{row}") or "").strip()
            if not text:
                if quantity and row:
                    self.add_error(f"price_{row}", "Write the price of this step, or empty its quantity.")
                continue
            try:
                prices.append(self._price(quantity or (1 if not row else None), text))
            except CellFault as fault:
                self.add_error(f"price_{row}", f"{str(fault)[:1].upper()}{str(fault)[1:]}.")
        return {**given, "prices": prices}

    def _price(self, quantity: int | None, text: str) -> GivenPrice:
        if quantity is None:
            raise CellFault("say from how many on this price holds")
        if "%" in text:
            return GivenPrice(quantity, off=read_share(text))
        return GivenPrice(quantity, minor=read_amount(text, currency=self._contract.currency))

    def asked(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {
            "item_id": said["sku"].pk,
            "kind": kind_of(said["prices"]),
            "begins_on": said["begins_on"],
            "ends_on": said["ends_on"],
            "prices": said["prices"],
        }


def kind_of(prices: list[GivenPrice]) -> str:
    if len(prices) > 1 or (prices and prices[0].from_quantity > 1):
        return OfferKind.VOLUME
    return OfferKind.PERCENT if prices and prices[0].off is not None else OfferKind.FIXED
