"""One row of a table of patients, as it would be stored."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from core.given_text import is_visible
from core.sheets.cells.dates import read_day
from core.sheets.cells.faults import CellFault, Issue, Report
from core.sheets.cells.text import read_text
from core.sheets.faults import RowFault
from loyalty.intake.fhir.rows import Identifier, Reach
from loyalty.intake.loading.patient_columns import PatientColumns
from loyalty.intake.sheets.cells.birth import read_birth
from loyalty.intake.sheets.cells.names import parts_of_name
from loyalty.intake.sheets.cells.reaches import read_email, read_phone
from loyalty.models import Memory, Patient
from loyalty.patients.partial_date import PartialDate

LONGEST_ID = 200
_NOTE = Memory._meta.get_field("text").max_length or 500
_MOST = {field.name: field.max_length for field in Patient._meta.concrete_fields if field.max_length}
_PHONES = {"mobile_phone": "mobile", "home_phone": "home", "work_phone": "work", "phone": ""}
_TEXTS = (
    "record_number", "given_name", "family_name", "preferred_name", "pronouns", "city", "state", "postal_code",
    "country", "language",
)  # fmt: skip
# Without these, nobody could tell who the row is about: it is refused. Anything else is left out, with a remark.
_NEEDED = frozenset({"external_id", "record_number", "given_name", "family_name", "full_name"})


@dataclass(frozen=True, slots=True)
class PatientCells:
    """birthday: (month, day) where nobody wrote the year. notes: what somebody wrote about them, as it stands.

    own_ids: by which the program that brought the file finds them everywhere else, too.
    """

    row: int
    external_id: str
    columns: PatientColumns
    reaches: tuple[Reach, ...]
    notes: tuple[str, ...]
    birthday: tuple[int, int] | None
    own_ids: tuple[Identifier, ...] = ()


class PatientReader:
    """header, mapping: of the file. order: of dates. today: nobody is born after it."""

    def __init__(self, header: Sequence[str], mapping: Sequence[str], *, order: str, today: date) -> None:
        self._columns = [(place, key, header[place]) for place, key in enumerate(mapping) if key]
        self._order = order
        self._today = today

    def read(self, row: int, cells: Sequence[str], report: Report) -> PatientCells:
        """Raises RowFault for a row that cannot land; what it lands without is reported."""
        found: dict[str, str] = {}
        reaches: dict[tuple[str, str], Reach] = {}
        ranks = {"phone": 0, "email": 0}
        notes: list[str] = []
        born, birthday = PartialDate(), None
        days: dict[str, date] = {}
        for place, key, name in self._columns:
            cell = cells[place]
            if not cell or cell.isspace():
                continue
            try:
                if key in _PHONES:
                    self._reach(reaches, ranks, "phone", read_phone(cell), _PHONES[key])
                elif key == "email":
                    self._reach(reaches, ranks, "email", read_email(cell), "")
                elif key == "birth_date":
                    born, birthday = read_birth(read_text(cell, most=60), order=self._order, today=self._today)
                elif key in ("patient_since", "deceased_on"):
                    days[key] = self._past_day(cell)
                elif key == "note":
                    notes.append(read_text(cell, most=_NOTE, lines=True))
                else:
                    found[key] = read_text(cell, most=_MOST.get(key, LONGEST_ID))
            except CellFault as fault:
                if key in _NEEDED:
                    raise RowFault(f"{name}: {fault}") from None
                report(Issue(row, name, f"{fault}; left out", lands=True))
        return PatientCells(
            row=row,
            external_id=found.get("external_id", ""),
            columns=self._patient(found, born, days),
            reaches=tuple(reaches.values()),
            notes=tuple(note for note in notes if note),
            birthday=birthday,
        )

    def _patient(self, found: dict[str, str], born: PartialDate, days: dict[str, date]) -> PatientColumns:
        if "full_name" in found:
            given, family = parts_of_name(found["full_name"])
            found.setdefault("given_name", given)
            found.setdefault("family_name", family)
        texts = {name: found.get(name, "") for name in _TEXTS}
        if not is_visible(texts["given_name"] + texts["family_name"] + texts["preferred_name"]):
            raise RowFault("the row has no name")
        for name in ("given_name", "family_name"):
            if len(texts[name]) > (_MOST[name] or 0):
                raise RowFault(f"a name has more than {_MOST[name]} characters")
        address = ", ".join(part for part in (found.get("address", ""), found.get("address_2", "")) if part)
        if len(address) > (_MOST["address"] or 0):
            raise RowFault(f"the address has more than {_MOST['address']} characters")
        died = days.get("deceased_on")
        return PatientColumns(
            **texts,
            birth_year=born.year,
            birth_month=born.month,
            birth_day=born.day,
            address=address,
            deceased=died is not None,
            deceased_on=died,
            patient_since=days.get("patient_since"),
        )

    def _past_day(self, cell: str) -> date:
        day = read_day(read_text(cell, most=60), order=self._order, latest=self._today)
        if day > self._today:
            raise CellFault("lies ahead")
        return day

    @staticmethod
    def _reach(reaches: dict[tuple[str, str], Reach], ranks: dict[str, int], kind: str, value: str, label: str) -> None:
        same = value.lower() if kind == "email" else "".join(c for c in value if c.isdecimal())
        if (kind, same) not in reaches:
            ranks[kind] += 1
            reaches[kind, same] = Reach(kind, value, label, ranks[kind])
