"""The list of those who are slipping away, as its page shows it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from core import audit
from loyalty.drifting.candidates import drifting, left_now, seen_to
from loyalty.drifting.spoken import reason_of
from loyalty.models import Channel, Drift, DriftFit, DriftLeft, Patient
from loyalty.patients.reach import birth_of, wishes_of
from loyalty.practice_zone import practice_zone
from loyalty.touchpoints.channel import ways_of
from loyalty.visits.local_time import day_of

# A few mornings' work; the rest follows when these are seen to.
MOST = 30


class Show(StrEnum):
    """Which part of the list: to be called, somebody is on it, left for now."""

    OPEN = ""
    SEEN_TO = "seen-to"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Row:
    """saves: visits in 12 months that a call could save; None without a fit. stays: how likely they are still a
    patient, None for who came once. is_minor: the guardian is turned to. left_until, left_id: of those left for now.
    """

    patient_id: UUID
    name: str
    reason: str
    last_on: date
    expected_on: date | None
    saves: float | None
    stays: float | None
    wishes: tuple[str, ...]
    is_minor: bool
    may_call: bool
    may_write: bool
    left_until: date | None = None
    left_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Worklist:
    """fit: of the last night, None before the first. counts: of each part. rows: at most 30 of the part shown."""

    fit: DriftFit | None
    today: date
    counts: dict[str, int]
    rows: tuple[Row, ...]

    @property
    def is_fitted(self) -> bool:
        return self.fit is not None and self.fit.k is not None


def worklist(*, show: Show, now: datetime) -> Worklist:
    """Shows patients: the trail names them. Nine queries at most, however long the list."""
    today = day_of(now, practice_zone())
    left, on_it = left_now(today=today), seen_to(now=now)
    late = drifting(today=today)
    parts = {
        Show.OPEN: late.exclude(left).exclude(on_it),
        Show.SEEN_TO: late.exclude(left).filter(on_it),
        Show.LEFT: late.filter(left),
    }
    found = list(parts[show][:MOST])
    ways = ways_of([(one.patient, today) for one in found])
    left_rows = _left([one.patient_id for one in found], today=today) if show == Show.LEFT else {}
    audit.record("drifting.read", patients=[one.patient_id for one in found])
    return Worklist(
        fit=DriftFit.objects.order_by("-day").first(),
        today=today,
        counts={part.value: rows.count() for part, rows in parts.items()},
        rows=tuple(
            _row(
                one,
                today=today,
                open_ways={way.way for way in ways[one.patient_id, today] if way.allowed},
                left=left_rows.get(one.patient_id),
            )
            for one in found
        ),
    )


def _left(patients: list[UUID], *, today: date) -> dict[UUID, DriftLeft]:
    rows = DriftLeft.objects.filter(patient_id__in=patients, taken_back_at__isnull=True, until__gt=today)
    return {row.patient_id: row for row in rows.order_by("at", "id")}


def _row(one: Drift, *, today: date, open_ways: set[str], left: DriftLeft | None) -> Row:
    patient: Patient = one.patient
    return Row(
        patient_id=patient.id,
        name=patient.display_name,
        reason=reason_of(one, today=today),
        last_on=one.last_on,
        expected_on=one.expected_on,
        saves=one.worth,
        stays=one.alive,
        wishes=wishes_of(patient),
        is_minor=birth_of(patient).may_be_minor_on(today),
        may_call=Channel.CALL in open_ways,
        may_write=Channel.LETTER in open_ways,
        left_until=left.until if left else None,
        left_id=left.id if left else None,
    )
