"""Everything that is kept of a practice, in one file that needs no software of ours: a ZIP of CSV files."""

import csv
import io
import zipfile
from collections.abc import Iterable
from datetime import datetime
from typing import IO

from core import audit
from core.tenancy.copy_out import copy_out, practice_tables
from core.tenancy.scope import PracticeRef, control_plane
from tenants.models import AgreementAct, Invitation, Membership

ABOUT = """{name}: everything that is kept of the practice, written {now:%Y-%m-%d %H:%M} UTC.

records/         one file for each table: patients, visits, touchpoints, feedback, messages, the audit trail and more
people.csv       who belongs or belonged to the practice, with role and dates
agreements.csv   what was accepted or withdrawn, by whom and when, with the wording
invitations.csv  who was invited

CSV in UTF-8, the names of the columns in the first line. Rows refer to each other by id: patient_id in
records/loyalty_visit.csv is id in records/loyalty_patient.csv. Open numbers such as phone or record numbers as text, so
that zeros at the start stay.
"""


def export_practice(*, practice: PracticeRef, into: IO[bytes], now: datetime) -> int:
    """Write the ZIP into `into`, inside the practice's scope; returns the number of rows of its own tables."""
    rows = 0
    # Before the rows, so that the file says itself that it was made.
    audit.record("practice.exported", everyone=True)
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as whole:
        whole.writestr("READ ME.txt", ABOUT.format(name=practice.name, now=now))
        for table in practice_tables():
            with whole.open(f"records/{table}.csv", "w", force_zip64=True) as file:
                rows += copy_out(table, file.write)
        for name, lines in _control_plane_files(practice).items():
            whole.writestr(name, _csv(lines))
    return rows


def _control_plane_files(practice: PracticeRef) -> dict[str, list[tuple[object, ...]]]:
    """What is kept of the practice outside of its schema."""
    with control_plane():
        people = Membership.objects.filter(practice_id=practice.id).order_by("created_at")
        acts = AgreementAct.objects.filter(practice_id=practice.id).order_by("at")
        invited = Invitation.objects.filter(practice_id=practice.id).order_by("created_at")
        return {
            "people.csv": [
                ("person_id", "name", "email", "role", "since", "ended_at"),
                *people.values_list("person_id", "person__name", "person__email", "role", "created_at", "ended_at"),
            ],
            "agreements.csv": [
                ("document", "version", "kind", "sha256", "person_id", "person_name", "address", "at", "wording"),
                *acts.values_list(
                    "document", "version", "kind", "sha256", "person_id", "person_name", "address", "at", "wording"
                ),
            ],
            "invitations.csv": [
                ("email", "name", "role", "invited_at"),
                *invited.values_list("email", "name", "role", "created_at"),
            ],
        }


def _csv(lines: Iterable[tuple[object, ...]]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows(lines)
    return text.getvalue()
