"""Where invoices go, and tax numbers."""

from django import forms

from frontend.forms.parts import ActionForm
from frontend.forms.places import say_what_to_do


class InvoicesToForm(ActionForm):
    email = forms.EmailField(label="Invoices go to", max_length=200)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        say_what_to_do(self)


class TaxIdForm(ActionForm):
    value = forms.CharField(label="Employer identification number", max_length=20, help_text="Like 12-3456789")

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        say_what_to_do(self)
