"""Bringing invoice lines: the file, what its columns hold, and which item a line is."""

from collections.abc import Mapping, Sequence
from typing import Any, Self
from uuid import UUID

from django import forms

from billing.purchasing.models import Vendor
from billing.receiving.columns import COLUMNS
from billing.receiving.upload import MOST
from core.sheets.brought import MEGABYTE
from core.sheets.cells.dates import DAY_FIRST, MONTH_FIRST
from frontend.forms.parts import ActionForm
from frontend.request import AskedRequest

IN_NO_CATALOG = "none"


class PurchasesForm(ActionForm):
    vendor = forms.TypedChoiceField(
        coerce=UUID, label="Vendor", error_messages={"required": "Choose the vendor whose invoices these are."}
    )
    file = forms.FileField(
        label="Invoice lines",
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
        help_text=f"CSV or Excel (.xlsx), up to {MOST // MEGABYTE} MB, with the names of its columns.",
        error_messages={"required": "Choose a file first.", "empty": "The file is empty. Export it again."},
    )

    @classmethod
    def of(cls, request: AskedRequest, *, vendors: Sequence[Vendor]) -> Self:
        """Bound to what was sent, if anything was. A file that was too large was never read, and is said to be so."""
        form = cls(request.POST, request.FILES) if request.method == "POST" else cls()
        form.fields["vendor"].choices = [("", "Choose a vendor"), *((str(one.pk), one.name) for one in vendors)]  # type: ignore[attr-defined]
        if form.is_bound and not request.FILES and int(request.headers.get("content-length") or 0) > MOST:
            message = f"The file is larger than {MOST // MEGABYTE} MB. Bring it in parts, such as one for each quarter."
            form.fields["file"].error_messages["required"] = message
        return form


class ColumnsForm(ActionForm):
    """One choice for each thing we know of an invoice line: which column holds it. header: the names of the columns."""

    date_order = forms.ChoiceField(
        label="A date such as 3/4 is",
        choices=[(MONTH_FIRST, "Month first: March 4"), (DAY_FIRST, "Day first: April 3")],
        required=False,
    )

    def __init__(self, data: Any, *, header: Sequence[str], mapping: Mapping[str, int]) -> None:
        super().__init__(data, initial={key: str(place) for key, place in mapping.items()})
        choices = [("", "Not in the file"), *((str(at), name or f"Column {at + 1}") for at, name in enumerate(header))]
        for column in COLUMNS:
            self.fields[column.key] = forms.ChoiceField(label=column.title, choices=choices, required=False)
        self.order_fields([*(column.key for column in COLUMNS), "date_order"])

    @property
    def chosen(self) -> dict[str, Any]:
        """What choose_columns takes."""
        given = {column.key: self.cleaned_data[column.key] for column in COLUMNS}
        return {
            "mapping": {key: int(place) for key, place in given.items() if place},
            "date_order": self.cleaned_data["date_order"] or MONTH_FIRST,
        }


class NameForm(ActionForm):
    """items: (id, name) of the vendor's catalog. number: of the row, so that no two fields have one id."""

    item = forms.ChoiceField(
        label="It is", error_messages={"required": "Choose the item, or say that it is in no catalog."}
    )

    def __init__(self, data: Any, *, items: Sequence[tuple[str, str]], number: int) -> None:
        super().__init__(data, auto_id=f"id_{number}_%s")
        choices = [("", "Choose the item"), (IN_NO_CATALOG, "Not in the catalog"), *items]
        self.fields["item"].choices = choices  # type: ignore[attr-defined]

    @property
    def item_id(self) -> UUID | None:
        chosen = self.cleaned_data["item"]
        return None if chosen == IN_NO_CATALOG else UUID(chosen)
