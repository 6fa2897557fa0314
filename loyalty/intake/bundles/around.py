"""What the entries of a bundle refer to each other by: gone through once, before the first is read."""

from dataclasses import dataclass, field

from core.sheets.faults import RowFault
from loyalty.intake.bundles.entries import Entry, every_entry
from loyalty.intake.fhir.errors import RowRefused
from loyalty.intake.fhir.fields import Fields
from loyalty.intake.fhir.location import read_location
from loyalty.intake.fhir.practitioner import read_practitioner
from loyalty.intake.fhir.reading import Reading
from loyalty.intake.fhir.references import Reference, identifier_key, key_of_url, read_reference
from loyalty.models import Import, Location, Staff


def id_of(entry: Entry) -> str:
    """The resource's own id, or what the bundle calls it; "" where it has neither."""
    id = entry.data.get("id")
    return id if isinstance(id, str) and id else key_of_url(entry.full_url)


@dataclass(slots=True)
class Around:
    """patients: by every way to name one, the id that they are kept by. staff, places: their names by id.

    Ids of our own are among those: what our own FHIR pages give names staff and locations by them.
    """

    patients: dict[str, str] = field(default_factory=dict)
    staff: dict[str, str] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, import_: Import, *, reading: Reading) -> "Around":
        """Raises FileRefused."""
        around = cls()
        around.staff = {str(id): name for id, name in Staff.objects.values_list("id", "display_name")}
        around.places = {str(id): name for id, name in Location.objects.values_list("id", "name")}
        replaced: dict[str, str] = {}
        for _, entry in every_entry(import_):
            if not isinstance(entry, RowFault):
                around._take(entry, replaced, reading=reading)
        for key, id in around.patients.items():
            around.patients[key] = replaced.get(id, id)
        return around

    def patient(self, reference: Reference) -> str:
        return self.patients.get(reference.key, reference.key)

    def is_patient(self, reference: Reference) -> bool:
        return reference.key in self.patients

    def _take(self, entry: Entry, replaced: dict[str, str], *, reading: Reading) -> None:
        id = id_of(entry)
        if not id:
            return
        fields = Fields(entry.data, remark=lambda _remark: None)
        called = {id, key_of_url(entry.full_url)} - {""}
        if entry.kind == "Patient":
            self.patients |= dict.fromkeys(called, id)
            for one in fields.parts("identifier"):
                if value := one.text("value"):
                    self.patients.setdefault(identifier_key(one.text("system"), value), id)
            if other := _replaced_by(fields):
                replaced[id] = other
        elif entry.kind in ("Practitioner", "Location"):
            try:
                name = (
                    read_practitioner(fields, id=id, reading=reading).name
                    if entry.kind == "Practitioner"
                    else read_location(fields, id=id, reading=reading).row.name
                )
            except RowRefused:
                # Who is not named is not kept: the visits land without.
                return
            (self.staff if entry.kind == "Practitioner" else self.places).update(dict.fromkeys(called, name))


def _replaced_by(fields: Fields) -> str:
    for link in fields.parts("link"):
        if link.raw("type") == "replaced-by":
            other = read_reference(link.part("other"), to="Patient")
            if other is not None:
                return other.key
    return ""
