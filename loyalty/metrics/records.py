"""The one query behind all metrics: what happened in a practice since a day, as columns of numbers.

Everything is read in a single statement, which decides nothing: it numbers patients (merged ones as one) and
locations, and packs each column into one string of bytes, so that 60,000 rows come back as a dozen values instead of as
60,000 tuples. What the numbers mean is decided in the modules beside this one, where it can be read and tested.
"""

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt
from django.db import connection

Ints = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

# PostgreSQL counts days and microseconds from here; so do the columns (in days and whole seconds).
EPOCH = date(2000, 1, 1)
MICROSECONDS = 1_000_000
# Beyond any instant that is written down: what "infinity" in the database becomes, in seconds.
NEVER = 2**33
UNANSWERED = 255

MODES = ("kiosk", "link", "staff")


@dataclass(frozen=True, slots=True)
class Visits:
    """All appointments, whatever became of them. day in days, the instants in seconds since EPOCH.

    booked: NEVER where the time of booking is not known. cancelled, ended (completed): NEVER where it was not.
    booking_recorded: whether this practice's system kept booking times when this visit was made.
    """

    patient: Ints
    location: Ints
    day: Ints
    booked: Ints
    cancelled: Ints
    ended: Ints
    completed: Flags
    history: Flags
    booking_recorded: Flags


@dataclass(frozen=True, slots=True)
class Notes:
    """Handwritten notes that were written: the day of the visit they thank for, and when they were."""

    patient: Ints
    day: Ints
    done: Ints


@dataclass(frozen=True, slots=True)
class Asks:
    """Requests for feedback, each with its answer if there is one.

    visit: a number that requests about the same visit share, and no others. asked: the day of asking. mode: index into
    MODES. answer_day, answered (seconds): NEVER without an answer. score: UNANSWERED without.
    history: imported, so that those who did not answer were not kept.
    """

    patient: Ints
    visit: Ints
    asked: Ints
    answer_day: Ints
    answered: Ints
    mode: Ints
    score: Ints
    history: Flags


@dataclass(frozen=True, slots=True)
class Records:
    """zones: the time zone of each location, by the number that visits carry. first_note_day: of any note, even one
    still to be written; None where the practice keeps no notes."""

    zones: tuple[ZoneInfo, ...]
    visits: Visits
    notes: Notes
    first_note_day: int | None
    asks: Asks


# A packed number holds the patient from bit 40 on, days since 1900 in bits 16 to 39, and flags below.
SQL = """
WITH who AS MATERIALIZED (
    SELECT id, dense_rank() OVER (ORDER BY coalesce(merged_into_id, id)) << 40 AS no FROM loyalty_patient
), place AS MATERIALIZED (
    SELECT id, time_zone, row_number() OVER (ORDER BY id) - 1 AS no FROM loyalty_location
), visits AS (
    SELECT string_agg(int8send(
               who.no + ((v.day - date '1900-01-01')::int8 << 16) + (place.no << 4)
               + (v.status = 'completed')::int4 + (v.status = 'cancelled')::int4 * 2
               + v.is_history::int4 * 4 + (v.booked_at IS NOT NULL OR NOT v.is_history)::int4 * 8), '') AS packed,
           string_agg(timestamptz_send(coalesce(
               v.booked_at, CASE WHEN NOT v.is_history THEN v.created_at END, 'infinity')), '') AS booked,
           string_agg(timestamptz_send(v.cancelled_at), '') FILTER (WHERE v.status = 'cancelled') AS cancelled,
           string_agg(timestamptz_send(v.completed_at), '') FILTER (WHERE v.status = 'completed') AS ended
    FROM loyalty_visit v JOIN who ON who.id = v.patient_id JOIN place ON place.id = v.location_id
    WHERE v.day >= %(first)s
), notes AS (
    SELECT string_agg(int8send(who.no + ((t.day - date '1900-01-01')::int8 << 16)), '') AS packed,
           string_agg(timestamptz_send(t.done_at), '') AS done
    FROM loyalty_touchpoint t JOIN who ON who.id = t.patient_id
    WHERE t.kind = 'note' AND t.state = 'done' AND t.channel IN ('card', 'letter') AND t.day >= %(first)s
), asks AS (
    SELECT string_agg(int8send(
               who.no + ((r.day - date '1900-01-01')::int8 << 16) + coalesce(f.score, 255) * 8
               + CASE r.mode WHEN 'kiosk' THEN 0 WHEN 'link' THEN 2 ELSE 4 END + r.is_history::int4), '') AS packed,
           string_agg(int8send(uuid_hash_extended(coalesce(r.visit_id, r.id), 0)), '') AS visit,
           string_agg(date_send(f.day), '') FILTER (WHERE f.id IS NOT NULL) AS answer_day,
           string_agg(timestamptz_send(f.answered_at), '') FILTER (WHERE f.id IS NOT NULL) AS answered
    FROM loyalty_feedbackrequest r JOIN who ON who.id = r.patient_id LEFT JOIN loyalty_feedback f ON f.request_id = r.id
    WHERE coalesce(f.day, r.day) >= %(first)s
)
SELECT visits.*, notes.*, asks.*,
       (SELECT array_agg(time_zone::text ORDER BY no) FROM place),
       (SELECT min(day) FROM loyalty_touchpoint WHERE kind = 'note')
FROM visits, notes, asks
"""

_DAYS_FROM_1900 = (EPOCH - date(1900, 1, 1)).days


def fetch(first: date) -> Records:
    """What happened since `first`, in the practice that the caller has entered."""
    with connection.cursor() as cursor:
        cursor.execute(SQL, {"first": first})
        packed_visits, booked, cancelled, ended, packed_notes, done, *rest = cursor.fetchone()
    packed_asks, visit, answer_day, answered, zones, first_note_day = rest
    return Records(
        zones=tuple(ZoneInfo(name) for name in zones or ()),
        visits=_visits(packed_visits, booked, cancelled, ended),
        notes=_notes(packed_notes, done),
        first_note_day=(first_note_day - EPOCH).days if first_note_day else None,
        asks=_asks(packed_asks, visit, answer_day, answered),
    )


Column = bytes | None


def _visits(packed: Column, booked: Column, cancelled: Column, ended: Column) -> Visits:
    rows = _long(packed)
    completed, was_cancelled = (rows & 1) > 0, (rows & 2) > 0
    return Visits(
        patient=_patient(rows),
        location=(rows >> 4) & 0xFFF,
        day=_day(rows),
        booked=_seconds(booked),
        cancelled=_spread(_seconds(cancelled), was_cancelled),
        ended=_spread(_seconds(ended), completed),
        completed=completed,
        history=(rows & 4) > 0,
        booking_recorded=(rows & 8) > 0,
    )


def _notes(packed: Column, done: Column) -> Notes:
    rows = _long(packed)
    return Notes(patient=_patient(rows), day=_day(rows), done=_seconds(done))


def _asks(packed: Column, visit: Column, answer_day: Column, answered: Column) -> Asks:
    rows = _long(packed)
    score = (rows >> 3) & 0xFF
    has_answer = score != UNANSWERED
    return Asks(
        patient=_patient(rows),
        visit=_long(visit),
        asked=_day(rows),
        answer_day=_spread(np.frombuffer(answer_day or b"", dtype=">i4").astype(np.int64), has_answer),
        answered=_spread(_seconds(answered), has_answer),
        mode=(rows >> 1) & 3,
        score=score,
        history=(rows & 1) > 0,
    )


def _long(column: Column) -> Ints:
    return np.frombuffer(column or b"", dtype=">i8").astype(np.int64)


def _patient(packed: Ints) -> Ints:
    return packed >> 40


def _day(packed: Ints) -> Ints:
    return ((packed >> 16) & 0xFFFFFF) - _DAYS_FROM_1900


def _seconds(column: Column) -> Ints:
    """Whole seconds, rounded down: whatever is before a full second stays before it."""
    return np.clip(_long(column) // MICROSECONDS, -NEVER, NEVER)


def _spread(values: Ints, rows: Flags) -> Ints:
    """`values` in the rows that have one, NEVER in the others."""
    column = np.full(rows.size, NEVER, dtype=np.int64)
    column[rows] = values
    return column
