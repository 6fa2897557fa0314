"""Bringing a file: the upload, how it is read, and what its columns become."""

from typing import Any, Self

from django import forms

from core.sheets.separator import SEPARATORS
from frontend.forms.parts import ActionForm
from frontend.request import AskedRequest
from loyalty.intake.choose_columns import Columns
from loyalty.intake.choose_reading import Reading
from loyalty.intake.open_file import OpenColumns, OpenFile
from loyalty.intake.sheets import questions
from loyalty.intake.upload import MOST, too_large
from loyalty.models import ImportKind

KINDS = [(one.value, one.label) for one in (ImportKind.PATIENTS, ImportKind.VISITS)]
ORDERS = [("", "The file tells"), ("mdy", "Month first: 12/31"), ("dmy", "Day first: 31/12")]
_SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|"}
_SPELLED = {mark: name for name, mark in _SEPARATORS.items()}


class UploadForm(ActionForm):
    file = forms.FileField(
        label="Your file",
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx,.json"}),
        help_text="CSV, Excel (.xlsx) or a FHIR R4 bundle (.json), up to 64 MB.",
        error_messages={"required": "Choose a file first.", "empty": "The file is empty. Export it again."},
    )

    @classmethod
    def of(cls, request: AskedRequest) -> Self:
        """Bound to what was sent. A file that was too large was never read, and is said to be so."""
        form = cls(request.POST, request.FILES)
        if not request.FILES and int(request.headers.get("content-length") or 0) > MOST:
            form.fields["file"].error_messages["required"] = too_large().message
        return form


class ReadingForm(ActionForm):
    """Only what this kind of file has is asked. file: what is known of it, and what it leaves open."""

    kind = forms.ChoiceField(choices=KINDS, widget=forms.RadioSelect, label="Each row is")
    encoding = forms.ChoiceField(label="Which of these reads right?", widget=forms.RadioSelect)
    separator = forms.ChoiceField(label="The cells are separated by", widget=forms.RadioSelect)
    sheet = forms.ChoiceField(label="The sheet to import", widget=forms.RadioSelect)
    header_row = forms.TypedChoiceField(
        coerce=int,
        widget=forms.RadioSelect,
        label="Which row names the columns?",
        error_messages={"required": "Choose the row with the names, or say that there is none."},
    )

    def __init__(self, data: Any = None, *, file: OpenFile) -> None:
        of = file.of
        first = {
            "kind": of.kind,
            "encoding": of.encoding,
            "separator": _SPELLED.get(of.separator, ""),
            "sheet": of.sheet,
        }
        # Nothing is chosen beforehand where nobody knows.
        if of.header_row is not None:
            first["header_row"] = str(of.header_row)
        for question in (questions.SEPARATOR, questions.SHEET):
            if question in of.asks:
                first.pop(question)
        super().__init__(data, initial=first)
        self._choices("encoding", file.encodings)
        self._choices(
            "separator", [(_SPELLED[mark], name) for mark, name in SEPARATORS.items()] if of.separator else []
        )
        self._choices("sheet", [(name, name) for name in of.sheets] if len(of.sheets) > 1 else [])
        self._choices("header_row", file.header_rows)

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        if choices:
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        else:
            del self.fields[name]

    def reading(self) -> Reading:
        said = self.cleaned_data
        return Reading(
            kind=said["kind"],
            encoding=said.get("encoding", ""),
            separator=_SEPARATORS.get(said.get("separator", ""), ""),
            sheet=said.get("sheet", ""),
            header_row=said.get("header_row"),
        )


class ColumnsForm(ActionForm):
    """One choice a column: `column_0` …"""

    known_as = forms.CharField(
        max_length=60,
        required=False,
        label="The system it comes from",
        help_text="Its numbers are kept under this name, so that your next file finds the same people.",
    )
    date_order = forms.ChoiceField(
        choices=ORDERS, required=False, widget=forms.RadioSelect, label="Dates are written with"
    )
    location = forms.ChoiceField(required=False, label="Location of visits that name none")

    fields_of = {"mapping": ""}

    def __init__(self, data: Any = None, *, file: OpenColumns) -> None:
        of = file.of
        super().__init__(data, initial={"known_as": of.known_as, "date_order": of.date_order})
        self.columns = file.columns
        if questions.DATE_ORDER in of.asks:
            order = self.fields["date_order"]
            order.required = True
            order.choices = ORDERS[1:]  # type: ignore[attr-defined]
            order.error_messages["required"] = "Choose which comes first."
        elif not file.has_dates:
            del self.fields["date_order"]
        if len(file.locations) > 1:
            self.fields["location"].choices = [(str(id), name) for id, name in file.locations]  # type: ignore[attr-defined]
        else:
            del self.fields["location"]
        for column in file.columns:
            self.fields[f"column_{column.place}"] = forms.ChoiceField(
                choices=[("", "Leave out"), *file.fields], required=False, label=column.name, initial=column.becomes
            )

    @property
    def rows(self) -> list[tuple[Any, forms.BoundField]]:
        """Each column of the file with the choice what it becomes."""
        return [(column, self[f"column_{column.place}"]) for column in self.columns]

    def chosen(self) -> Columns:
        said = self.cleaned_data
        return Columns(
            mapping=[said[f"column_{column.place}"] for column in self.columns],
            known_as=said["known_as"],
            date_order=said.get("date_order", ""),
            location_id=said.get("location") or None,
        )
