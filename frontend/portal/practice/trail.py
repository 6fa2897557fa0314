"""Who did what in this practice, and who looked at a patient: for the owner, on a page and as a file."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from io import TextIOWrapper
from tempfile import TemporaryFile
from urllib.parse import urlencode
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import FileResponse, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from core import audit
from core.audit.models import Entry
from core.audit.read import trail, whole_trail
from core.audit.record import DENIED
from core.sheets.written import plain_row
from core.tenancy.scope import current_practice
from frontend.forms.trail import PracticeTrailForm
from frontend.page import page
from frontend.request import AskedRequest
from frontend.trail.paging import asked_in, older, place_after
from frontend.trail.who import program, role, who
from frontend.trail.words import words_of
from loyalty.patients.names import patient_names
from loyalty.practice_zone import practice_zone
from tenants.declare import practice_view
from tenants.names import everyone_ever_at, names_of, programs_ever_at
from tenants.permissions import Verb

PAGE = 50
NAMED = 3
COLUMNS = [
    "at_utc", "who", "who_id", "kind", "role", "what", "verb", "outcome", "record", "record_id", "patients",
    "all_patients", "page", "permission", "address", "request",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One entry as it is shown. named: up to NAMED patients; others: how many more."""

    at: datetime
    who: str
    role: str
    what: str
    program: str
    refused: bool
    named: tuple[tuple[UUID, str], ...]
    others: int
    everyone: bool
    address: str


@practice_view(Verb.TRAIL_VIEW)
@require_safe
def show(request: AskedRequest) -> HttpResponse:
    """The fields of the form say what is looked for; `after` where the page before ended."""
    zone, people = practice_zone(), everyone_ever_at(current_practice().id)
    programs = programs_ever_at(current_practice().id)
    askers = {**people, **programs}
    form = PracticeTrailForm(request.GET or None, people=askers)
    wanted = form.wanted(zone)
    found = trail(wanted, limit=PAGE, after=place_after(request))
    # Whoever looks at one patient's entries is not shown whom else they name.
    shown = [wanted.patient] if wanted.patient else [id for e in found.entries for id in e.patients[:NAMED]]
    patients = patient_names(shown)
    names = {**askers, **names_of(e.asker_id for e in found.entries if e.asker_id and e.asker_id not in askers)}
    audit.record("trail.read", patients=patients)
    asked = asked_in(request, form)
    return page(
        request,
        "portal/trail/show.html",
        here="settings",
        form=form,
        lines=[
            _line(entry, names, programs, patients, zone, alone=wanted.patient is not None) for entry in found.entries
        ],
        patient=patients.get(wanted.patient) if wanted.patient else None,
        patient_id=wanted.patient,
        narrowed=bool(asked),
        asked=urlencode(asked),
        older=older(asked, found.after),
    )


@practice_view(Verb.TRAIL_VIEW)
@require_safe
def export(request: AskedRequest) -> FileResponse:
    """The same as a CSV file, all of it. Written to disk first: the practice is left when the view ends."""
    zone, place = practice_zone(), current_practice().id
    askers = {**everyone_ever_at(place), **programs_ever_at(place)}
    wanted = PracticeTrailForm(request.GET or None, people=askers).wanted(zone)
    audit.record("trail.exported", patients=[wanted.patient] if wanted.patient else [], everyone=not wanted.patient)
    file = TemporaryFile()  # noqa: SIM115  closed by the response
    text = TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows(map(plain_row, _rows(whole_trail(wanted), askers)))
    text.detach()
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"trail-{timezone.now():%Y-%m-%d}.csv")


def _line(
    entry: Entry,
    names: dict[UUID, str],
    programs: dict[UUID, str],
    patients: dict[UUID, str],
    zone: ZoneInfo,
    *,
    alone: bool,
) -> Line:
    """alone: the page is about one patient, whom each line names."""
    named = tuple((id, patients[id]) for id in entry.patients if id in patients)[:NAMED]
    return Line(
        at=entry.at.astimezone(zone),
        who=who(entry, names),
        role=role(entry),
        what=words_of(entry.verb),
        program=program(entry, programs),
        refused=entry.outcome == DENIED,
        named=named,
        others=len(entry.patients) - (1 if alone and entry.patients else len(named)),
        everyone=entry.everyone,
        address=entry.address or "",
    )


def _rows(entries: Iterator[Entry], names: dict[UUID, str]) -> Iterator[list[str]]:
    for entry in entries:
        yield [
            entry.at.isoformat(),
            who(entry, names),
            str(entry.asker_id or ""),
            entry.asker_kind,
            entry.role,
            words_of(entry.verb),
            entry.verb,
            entry.outcome,
            entry.subject_kind,
            str(entry.subject_id or ""),
            " ".join(str(id) for id in entry.patients),
            "yes" if entry.everyone else "no",
            entry.place,
            entry.why,
            entry.address or "",
            str(entry.request or ""),
        ]
