"""Follows every reference of a spool and gives each visit its practice: the step between reading and loading.

All of it is SQL over tables on disk, so that memory does not grow with the export.
"""

# ruff: noqa: S608 - the statements are put together from constants of this package

from collections.abc import Iterator

from loyalty.intake.fhir.belonging import find_organizations, found
from loyalty.intake.fhir.codec import EPOCH, MICROSECOND
from loyalty.intake.fhir.errors import Outcome, RowError
from loyalty.intake.fhir.quoting import quoted
from loyalty.intake.fhir.reading import Reading
from loyalty.intake.fhir.rows import Address, LocationRow, OrganizationRow, Origin, PractitionerRow, ReadLocation
from loyalty.intake.fhir.spool import Spool
from loyalty.intake.fhir.tally import Tally

WHOLE = 0

_TABLES = """
CREATE TABLE placed (
    visit INTEGER PRIMARY KEY, practice INTEGER, patient INTEGER, practitioner INTEGER, location INTEGER,
    starts INTEGER NOT NULL, day TEXT NOT NULL, happened INTEGER NOT NULL);
CREATE TABLE done (visit INTEGER, procedure INTEGER, PRIMARY KEY (visit, procedure)) WITHOUT ROWID;
CREATE TABLE seat (practice INTEGER, patient INTEGER, PRIMARY KEY (practice, patient)) WITHOUT ROWID;
CREATE TABLE home (patient INTEGER PRIMARY KEY, practice INTEGER NOT NULL);
"""

# An alias may point to another one (a record replaced twice); more steps than this are a circle.
_ALIAS_STEPS = 8


def place(spool: Spool, *, by_organization: bool, reading: Reading, tally: Tally) -> None:
    """Fills `placed`, `done` and `seat`; reports what belongs to nobody.

    A practice is an organization's seq, or WHOLE where everything goes into one practice.
    """
    placing = _Placing(spool, reading, tally, by_organization)
    placing.follow_aliases()
    placing.name_the_missing()
    placing.place_visits()
    placing.merge_appointments()
    placing.refuse_unknown_patients()
    if by_organization:
        placing.find_organizations()
    placing.attach_procedures()
    placing.remark_on_staff_and_locations()
    placing.remark_on_lifetimes()
    placing.seat_patients()


class _Placing:
    def __init__(self, spool: Spool, reading: Reading, tally: Tally, by_organization: bool) -> None:
        self._spool = spool
        self._db = spool.connection
        self._tally = tally
        self._by_organization = by_organization
        zone = reading.zone

        def local_day(microseconds: int) -> str:
            return (EPOCH + microseconds * MICROSECOND).astimezone(zone).date().isoformat()

        self._db.create_function("local_day", 1, local_day, deterministic=True)
        for statement in filter(str.strip, _TABLES.split(";")):
            self._db.execute(statement)

    def follow_aliases(self) -> None:
        for _ in range(_ALIAS_STEPS):
            moved = self._db.execute(
                "UPDATE alias SET id = (SELECT b.id FROM alias b WHERE b.kind = alias.kind AND b.key = alias.id)"
                " WHERE kind = 'Patient' AND id NOT IN (SELECT id FROM patient)"
                " AND EXISTS (SELECT 1 FROM alias b WHERE b.kind = alias.kind AND b.key = alias.id)"
            )
            if not moved.rowcount:
                return

    def name_the_missing(self) -> None:
        """Who is referred to with a name in words, but is in no file, is known by that name."""
        for kind in ("Organization", "Practitioner", "Location"):
            missing = self._db.execute(
                f"SELECT key, name FROM display WHERE kind = ? AND {found(kind, 'display.key')} IS NULL ORDER BY key",
                (kind,),
            ).fetchall()
            for key, name in missing:
                self._add(kind, key, name)

    def _add(self, kind: str, key: str, name: str) -> None:
        origin = Origin("", 0)
        if kind == "Practitioner":
            self._spool.add_practitioner(PractitionerRow(key, name, True, ()), origin=origin)
        elif kind == "Location":
            self._spool.add_location(ReadLocation(LocationRow(key, name, (), Address()), None), origin=origin)
        else:
            self._spool.add_organization(OrganizationRow(key, name, (), "", "", Address()), origin=origin)

    def place_visits(self) -> None:
        actors = (("Patient", "patient_key"), ("Practitioner", "practitioner_key"), ("Location", "location_key"))
        for kind, column in actors:
            actor = f"SELECT j.value FROM json_each(untyped_keys) j WHERE {found(kind, 'j.value')} IS NOT NULL LIMIT 1"
            self._db.execute(
                f"UPDATE visit SET {column} = ({actor}) WHERE {column} IS NULL AND untyped_keys IS NOT NULL"
            )
        practice = found("Organization", "v.organization_key") if self._by_organization else str(WHOLE)
        self._db.execute(
            f"INSERT INTO placed SELECT v.seq, {practice}, {found('Patient', 'v.patient_key')},"
            f" {found('Practitioner', 'v.practitioner_key')}, {found('Location', 'v.location_key')},"
            " v.starts, local_day(v.starts), v.status IN ('arrived', 'completed') FROM visit v"
        )

    def merge_appointments(self) -> None:
        """An appointment that an encounter names is told by the encounter, which learns when it was booked."""
        self._db.execute(
            "CREATE TABLE told AS SELECT DISTINCT e.visit AS encounter, a.seq AS appointment FROM follows f"
            " JOIN placed e ON e.visit = f.encounter AND e.patient IS NOT NULL"
            " JOIN visit a ON a.id = f.appointment_key AND a.kind = 'Appointment'"
        )
        for column in ("booked", "service", "reason"):
            self._db.execute(
                f"UPDATE visit SET {column} = (SELECT min(a.{column}) FROM told t JOIN visit a ON a.seq = t.appointment"
                f" WHERE t.encounter = visit.seq) WHERE {column} IS NULL AND seq IN (SELECT encounter FROM told)"
            )
        for column in ("practitioner", "location"):
            told = f"SELECT min(a.{column}) FROM told t JOIN placed a ON a.visit = t.appointment"
            self._db.execute(
                f"UPDATE placed SET {column} = ({told} WHERE t.encounter = placed.visit)"
                f" WHERE {column} IS NULL AND visit IN (SELECT encounter FROM told)"
            )
        merged = self._db.execute("DELETE FROM placed WHERE visit IN (SELECT appointment FROM told)").rowcount
        if merged:
            self._tally.count("Appointment").merged += merged

    def refuse_unknown_patients(self) -> None:
        for kind, id, source, line, key in self._visits("v.patient_key", "p.patient IS NULL"):
            who = f"refers to the patient {quoted(key)}, who is not" if key else "names no patient"
            self._refuse(source, line, kind, id, f"{who} among those that land")
        self._db.execute("DELETE FROM placed WHERE patient IS NULL")

    def find_organizations(self) -> None:
        find_organizations(self._db)
        for kind, id, source, line, key in self._visits("v.organization_key", "p.practice IS NULL"):
            if key:
                why = f"serviceProvider refers to the organization {quoted(key)}, which is not among those that land"
            else:
                why = "neither it nor its location, patient or practitioner tells which organization it belongs to"
            self._refuse(source, line, kind, id, why)
        self._db.execute("DELETE FROM placed WHERE practice IS NULL")

    def attach_procedures(self) -> None:
        """Each procedure goes to its encounter, which takes the performer where it names no practitioner itself."""
        encounter = (
            "COALESCE((SELECT seq FROM visit v WHERE v.id = c.encounter_key AND v.kind = 'Encounter'), (SELECT v.seq"
            " FROM alias a JOIN visit v ON v.id = a.id AND v.kind = a.kind"
            " WHERE a.kind = 'Encounter' AND a.key = c.encounter_key))"
        )
        self._db.execute(
            f"INSERT INTO done SELECT p.visit, c.seq FROM procedure c JOIN placed p ON p.visit = {encounter}"
        )
        lost = self._db.execute(
            "SELECT c.id, s.name, c.line, c.encounter_key FROM procedure c JOIN source s ON s.seq = c.source"
            " WHERE c.seq NOT IN (SELECT procedure FROM done) ORDER BY c.seq"
        )
        for id, source, line, key in lost:
            why = f"refers to the encounter {quoted(key)}, which is not among those that land"
            self._refuse(source, line, "Procedure", id, why)
        self._db.execute(
            f"UPDATE placed SET practitioner = (SELECT {found('Practitioner', 'c.performer_key')} FROM done d"
            " JOIN procedure c ON c.seq = d.procedure WHERE d.visit = placed.visit AND c.performer_key IS NOT NULL"
            " ORDER BY c.seq LIMIT 1) WHERE practitioner IS NULL"
        )

    def remark_on_staff_and_locations(self) -> None:
        for column in ("practitioner", "location"):
            unknown = self._visits(f"v.{column}_key", f"p.{column} IS NULL AND v.{column}_key IS NOT NULL")
            for kind, id, source, line, key in unknown:
                self._keep(
                    source,
                    line,
                    kind,
                    id,
                    f"refers to the {column} {quoted(key or '')}, which is not among those read; left out",
                )

    def remark_on_lifetimes(self) -> None:
        for column, condition, what in (
            ("t.died_by", "p.happened AND p.day > t.died_by", "after the death of its patient"),
            ("t.born_from", "p.day < t.born_from", "before the birth of its patient"),
        ):
            for kind, id, source, line, day in self._visits(column, condition):
                self._keep(source, line, kind, id, f"begins {what} ({day}); kept as it is written")

    def seat_patients(self) -> None:
        """Which patients each practice has: those of its visits; without a visit, those of its organization."""
        self._db.execute("CREATE INDEX placed_in_order ON placed (practice, patient, starts, visit)")
        self._db.execute("INSERT INTO seat SELECT DISTINCT practice, patient FROM placed")
        if not self._by_organization:
            self._db.execute("INSERT OR IGNORE INTO seat SELECT ?, seq FROM patient", (WHOLE,))
            return
        self._db.execute(
            "INSERT INTO seat SELECT practice, patient FROM home WHERE patient NOT IN (SELECT patient FROM seat)"
        )
        homeless = self._db.execute(
            "SELECT t.id, s.name, t.line FROM patient t JOIN source s ON s.seq = t.source"
            " WHERE t.seq NOT IN (SELECT patient FROM seat) ORDER BY t.seq"
        )
        for id, source, line in homeless:
            self._refuse(source, line, "Patient", id, "has no visit that lands and names no managing organization")

    def _visits(self, column: str, condition: str) -> Iterator[tuple[str, str, str, int, str | None]]:
        """(kind, id, source, line, column) of the placed visits where the condition holds, in the order of reading."""
        return self._db.execute(
            f"SELECT v.kind, v.id, s.name, v.line, {column} FROM placed p JOIN visit v ON v.seq = p.visit"
            " JOIN source s ON s.seq = v.source LEFT JOIN patient t ON t.seq = p.patient"
            f" WHERE {condition} ORDER BY p.visit"
        )

    def _refuse(self, source: str, line: int, kind: str, id: str, reason: str) -> None:
        self._tally.report(RowError(source, line, kind, id, reason))

    def _keep(self, source: str, line: int, kind: str, id: str, reason: str) -> None:
        self._tally.report(RowError(source, line, kind, id, reason, Outcome.KEPT))
