"""Everything that was read, on disk, until it is loaded practice by practice.

A temporary SQLite database without a name: its file is unlinked as soon as it is opened, so that no patient is left on
disk even if the process is killed. Memory stays the same for 600 patients and for 600,000.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import blake2b

import orjson

from loyalty.intake.fhir.codec import encode, encode_moment
from loyalty.intake.fhir.errors import SourceError
from loyalty.intake.fhir.references import Reference, identifier_key
from loyalty.intake.fhir.rows import (
    LocationRow,
    OrganizationRow,
    Origin,
    PatientRow,
    PractitionerRow,
    ReadLocation,
    ReadPatient,
    ReadProcedure,
    ReadVisit,
)
from loyalty.intake.fhir.spool_tables import TABLES

CACHE_KIBIBYTES = 32 * 1024


@dataclass(frozen=True, slots=True)
class Twin:
    """A row of the same type and id that was read before, and stays. same: it also says the same."""

    origin: Origin
    same: bool


class Spool:
    """Takes one row after another: each `add_…` returns None if the row is new, else the twin that stays."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self._sources: dict[str, int] = {}

    def add_organization(self, row: OrganizationRow, *, origin: Origin) -> Twin | None:
        return self._add_named("Organization", row, origin)

    def add_practitioner(self, row: PractitionerRow, *, origin: Origin) -> Twin | None:
        return self._add_named("Practitioner", row, origin)

    def add_location(self, read: ReadLocation, *, origin: Origin) -> Twin | None:
        return self._add_named(
            "Location", read.row, origin, organization_key=self._key("Organization", read.organization)
        )

    def add_patient(self, read: ReadPatient, *, origin: Origin) -> Twin | None:
        row = read.row
        keys = [reference.key for reference in read.organizations]
        return self._add_named(
            "Patient",
            row,
            origin,
            organization_keys=orjson.dumps(keys).decode() if keys else None,
            born_from=row.birth_date.first.isoformat() if row.birth_date else None,
            died_by=row.deceased_on.last.isoformat() if row.deceased_on else None,
        )

    def add_visit(self, read: ReadVisit, *, kind: str, id: str, origin: Origin) -> Twin | None:
        untyped = [reference.key for reference in read.untyped_actors]
        follows = [reference.key for reference in read.appointments]
        twin = self._insert(
            "visit",
            origin,
            id=id,
            kind=kind,
            patient_key=read.patient.key if read.patient else None,
            practitioner_key=self._key("Practitioner", read.practitioner),
            location_key=self._key("Location", read.location),
            organization_key=self._key("Organization", read.organization),
            untyped_keys=orjson.dumps(untyped).decode() if untyped else None,
            status=read.status.value,
            starts=encode_moment(read.starts_at),
            ends=encode_moment(read.ends_at),
            day_only=read.day_only,
            booked=encode_moment(read.booked_at),
            arrived=encode_moment(read.arrived_at),
            service=encode(read.service).decode() if read.service else None,
            reason=encode(read.reason).decode() if read.reason else None,
        )
        if twin is None and follows:
            self.connection.executemany(
                "INSERT INTO follows SELECT seq, ? FROM visit WHERE id = ? AND kind = ?",
                [(key, id, kind) for key in follows],
            )
        return twin

    def add_procedure(self, read: ReadProcedure, *, id: str, origin: Origin) -> Twin | None:
        return self._insert(
            "procedure",
            origin,
            id=id,
            encounter_key=read.encounter.key,
            performer_key=self._key("Practitioner", read.performer),
            what=encode(read.what).decode(),
        )

    def add_alias(self, kind: str, key: str, id: str) -> None:
        """`key` means the resource `id` as well. A key that means two resources means none."""
        self.connection.execute(
            "INSERT INTO alias VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET id = NULL WHERE id <> excluded.id",
            (kind, key, id),
        )

    def _add_named(
        self,
        kind: str,
        row: PatientRow | OrganizationRow | PractitionerRow | LocationRow,
        origin: Origin,
        **columns: str | None,
    ) -> Twin | None:
        twin = self._insert(kind.lower(), origin, id=row.id, row=encode(row), **columns)
        if twin is None:
            for identifier in row.identifiers:
                self.add_alias(kind, identifier_key(identifier.system, identifier.value), row.id)
        return twin

    def _insert(self, table: str, origin: Origin, **columns: object) -> Twin | None:
        digest = blake2b(repr(tuple(columns.values())).encode(), digest_size=16).digest()
        columns |= {"source": self._source(origin.source), "line": origin.line, "digest": digest}
        names, marks = ", ".join(columns), ", ".join("?" * len(columns))
        statement = f"INSERT OR IGNORE INTO {table} ({names}) VALUES ({marks})"  # noqa: S608  names are ours
        if self.connection.execute(statement, tuple(columns.values())).rowcount:
            return None
        return self._twin(table, columns, digest)

    def _twin(self, table: str, columns: dict[str, object], digest: bytes) -> Twin:
        kind = "AND t.kind = :kind" if "kind" in columns else ""
        name, line, known = self.connection.execute(
            f"SELECT s.name, t.line, t.digest FROM {table} t JOIN source s ON s.seq = t.source WHERE t.id = :id {kind}",  # noqa: S608
            {"id": columns["id"], "kind": columns.get("kind")},
        ).fetchone()
        return Twin(Origin(name, line), known == digest)

    def _key(self, kind: str, reference: Reference | None) -> str | None:
        """The reference's key; its words are kept for where the resource itself is missing."""
        if reference is None:
            return None
        if reference.display:
            self.connection.execute(
                "INSERT OR IGNORE INTO display VALUES (?, ?, ?)", (kind, reference.key, reference.display[:120])
            )
        return reference.key

    def _source(self, name: str) -> int:
        if name not in self._sources:
            cursor = self.connection.execute("INSERT INTO source (name) VALUES (?)", (name,))
            self._sources[name] = cursor.lastrowid or 0
        return self._sources[name]


@contextmanager
def open_spool() -> Iterator[Spool]:
    """An empty spool, gone when the block ends. Raises SourceError where the disk has no room for it."""
    connection = sqlite3.connect("", isolation_level=None)
    try:
        connection.execute(f"PRAGMA cache_size = -{CACHE_KIBIBYTES}")
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA temp_store = FILE")
        connection.executescript(TABLES)
        connection.execute("BEGIN")
        yield Spool(connection)
    except sqlite3.OperationalError as error:
        if "full" not in str(error) and "unable to open" not in str(error) and "I/O" not in str(error):
            raise
        message = f"There is no room for temporary files ({error}). Name a folder with room in TMPDIR and start again."
        raise SourceError("no_room", message) from None
    finally:
        connection.close()
