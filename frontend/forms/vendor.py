"""A vendor, and what it sells."""

from typing import Any, Self

from django import forms
from django.utils import timezone

from billing.purchasing.catalog.take_in import MOST
from core.money import DIGITS
from core.sheets.brought import MEGABYTE
from frontend.forms.money import AmountField
from frontend.forms.parts import ActionForm, DateInput
from frontend.request import AskedRequest

CURRENCIES = [(code, code) for code in DIGITS]
_NAMED = {"required": "Write the name."}


class VendorForm(ActionForm):
    name = forms.CharField(max_length=120, label="Its name", help_text="As members know it.", error_messages=_NAMED)
    contact_name = forms.CharField(max_length=120, required=False, label="Whom to ask there")
    email = forms.CharField(
        max_length=254, required=False, label="Email for claims", widget=forms.EmailInput(attrs={"spellcheck": "false"})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["autocomplete"] = "off"


class ItemForm(ActionForm):
    sku = forms.CharField(
        max_length=60,
        label="Item number",
        help_text="The vendor’s own (SKU).",
        error_messages={"required": "Write it."},
    )
    name = forms.CharField(max_length=160, label="Name", error_messages=_NAMED)
    manufacturer = forms.CharField(max_length=120, required=False, label="Manufacturer")
    ndc = forms.CharField(
        max_length=40, required=False, label="NDC", help_text="With its dashes, such as 0023-1145-01, or eleven digits."
    )
    unit = forms.CharField(
        max_length=30,
        label="Unit",
        help_text="The smallest one it is sold in, such as vial.",
        error_messages={"required": "Write the unit."},
    )
    other_units = forms.CharField(
        max_length=400, required=False, label="Other units", help_text="Such as: case of 10; pallet of 1,200"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["autocomplete"] = "off"


class NewItemForm(ItemForm):
    """With its first price, all at once."""

    fields_of = {"price_minor": "price"}

    price = AmountField(
        label="Catalog price of one unit",
        help_text="What anybody pays. Members’ prices are compared with it.",
        error_messages={"required": "Write an amount, such as $600.00."},
    )
    currency = forms.ChoiceField(choices=CURRENCIES, initial="USD", label="Currency")
    from_day = forms.DateField(
        widget=DateInput,
        label="The price holds from",
        initial=timezone.localdate,
        error_messages={"required": "Choose a day."},
    )

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        _speak(self, data)

    def asked(self) -> dict[str, Any]:
        return {("price_minor" if name == "price" else name): value for name, value in self.cleaned_data.items()}


class WordForm(ActionForm):
    """number: of the row, so that no two fields have one id."""

    number = forms.CharField(
        max_length=60, label="It is item number", error_messages={"required": "Write the item’s number or NDC."}
    )

    def __init__(self, data: Any, *, number: int) -> None:
        super().__init__(data, auto_id=f"id_{number}_%s")
        self.fields["number"].widget.attrs.update({"autocomplete": "off", "spellcheck": "false"})


class CatalogPriceForm(ActionForm):
    fields_of = {"minor": "price"}

    price = AmountField(
        label="New catalog price of one unit", error_messages={"required": "Write an amount, such as $600.00."}
    )
    currency = forms.ChoiceField(choices=CURRENCIES, initial="USD", label="Currency")
    from_day = forms.DateField(
        widget=DateInput, label="From", initial=timezone.localdate, error_messages={"required": "Choose a day."}
    )

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        _speak(self, data)


class CatalogFileForm(ActionForm):
    file = forms.FileField(
        label="The catalog",
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
        help_text=f"CSV or Excel (.xlsx), up to {MOST // MEGABYTE} MB.",
        error_messages={"required": "Choose a file first.", "empty": "The file is empty. Export it again."},
    )
    currency = forms.ChoiceField(choices=CURRENCIES, initial="USD", label="Currency of its prices")
    from_day = forms.DateField(
        widget=DateInput,
        label="Its prices hold from",
        initial=timezone.localdate,
        error_messages={"required": "Choose a day."},
    )

    @classmethod
    def of(cls, request: AskedRequest) -> Self:
        """Bound to what was sent, and to nothing where the page is only opened. A file that was too large was never
        read, and is said to be so."""
        if request.method != "POST":
            return cls()
        form = cls(request.POST, request.FILES)
        if not request.FILES and int(request.headers.get("content-length") or 0) > MOST:
            form.fields["file"].error_messages["required"] = f"The file is larger than {MOST // MEGABYTE} MB."
        return form


def _speak(form: forms.Form, data: Any) -> None:
    """Amounts are read in the currency that was chosen beside them."""
    chosen = (data or {}).get("currency") or form.get_initial_for_field(form.fields["currency"], "currency")
    if chosen in DIGITS:
        form.fields["price"].currency = chosen  # type: ignore[attr-defined]
