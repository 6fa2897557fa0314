"""What happened in a practice since a day: the answer of `loyalty.metrics.statement`, unpacked into columns.

Everything is read in a single statement. What the numbers mean is decided in the modules beside this one, where it can
be read and tested.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from django.db import connection
from psycopg.pq import Format

from loyalty.metrics.columns import (
    EPOCH,
    NEVER,
    UNANSWERED,
    Asks,
    Began,
    ByKey,
    Flags,
    HeldOut,
    Ints,
    Invitations,
    Notes,
    Occasions,
    People,
    Previews,
    Promises,
    Records,
    Recoveries,
    Reviews,
    Visits,
)
from loyalty.metrics.local_day import days_of
from loyalty.metrics.statement import SQL

MICROSECONDS = 1_000_000
_DAYS_FROM_1900 = (EPOCH - date(1900, 1, 1)).days


def fetch(first: date) -> Records:
    """What happened since `first`, in the practice that the caller has entered."""
    with connection.cursor() as cursor:
        # As bytes, not spelled out in twice as many digits.
        cursor.cursor.format = Format.BINARY
        cursor.execute(SQL, {"first": first})
        row = iter(cursor.fetchone())
    zones = tuple(ZoneInfo(name) for name in next(row) or ())
    people, (visits, first_brief, first_no_show) = _people(row), _visits(row)
    by_key = ByKey.of(visits.key)
    return Records(
        zones=zones,
        people=people,
        visits=visits,
        by_key=by_key,
        notes=_notes(row),
        previews=Previews(visit=_long(next(row)), done=_seconds(next(row))),
        held_out=_held_out(row),
        occasions=_occasions(row),
        promises=_promises(row, visits, by_key, zones=zones, since=first),
        asks=_asks(row),
        recoveries=_recoveries(row),
        invitations=_invitations(row),
        reviews=_reviews(row),
        began=Began(
            brief=first_brief,
            no_show=first_no_show,
            note=_since(next(row)),
            preview=_since(next(row)),
            recovery=_since(next(row)),
            referral=_since(next(row)),
            review=_since(next(row)),
        ),
        scored_on=_scored_on(next(row)),
    )


Column = bytes | None
# The values of the one row that the statement answers, each taken once, in the order of its SELECT.
Row = Iterator[Any]


def _people(row: Row) -> People:
    packed, since, late_from = _long(next(row)), _days(next(row)), _days(next(row))
    return People(_patient(packed), since, late_from, has_birthday=_flag(packed, 0), referred=_flag(packed, 1))


def _visits(row: Row) -> tuple[Visits, int, int]:
    """The visits, and the first days of which briefs and imported no-shows are known."""
    packed, key, booked, cancelled, begun, ended = (next(row) for _ in range(6))
    rows = _long(packed)
    completed = _flag(rows, 0)
    visits = Visits(
        patient=_patient(rows),
        key=_long(key),
        location=(rows >> 4) & 0xFFF,
        day=((rows >> 16) & 0x1FFFF) - _DAYS_FROM_1900,
        booked=_seconds(booked),
        cancelled=_spread(_seconds(cancelled), _flag(rows, 1)),
        begun=np.where(completed, _seconds(begun), NEVER),
        ended=_spread(_seconds(ended), completed),
        completed=completed,
        no_show=_flag(rows, 33),
        history=_flag(rows, 2),
        booking_recorded=_flag(rows, 3),
        walked_in=_flag(rows, 34),
        brief_read=_flag(rows, 35),
        wait_known=_flag(rows, 36),
        seen_in_time=_flag(rows, 37),
    )
    read, missed = visits.brief_read, visits.history & visits.no_show
    brief, no_show = (min(_since(next(row)), int(visits.day[which].min(initial=NEVER))) for which in (read, missed))
    return visits, brief, no_show


def _notes(row: Row) -> Notes:
    rows, done = _long(next(row)), _seconds(next(row))
    return Notes(
        patient=_patient(rows),
        day=_day(rows),
        done=_spread(done, _flag(rows, 0)),
        on_paper=_flag(rows, 1),
        held=_flag(rows, 2),
    )


def _held_out(row: Row) -> HeldOut:
    rows = _long(next(row))
    return HeldOut(patient=_patient(rows), first=_day(rows), last=_days(next(row)), preview=_flag(rows, 0))


def _occasions(row: Row) -> Occasions:
    rows = _long(next(row))
    return Occasions(_patient(rows), _day(rows), honored=_flag(rows, 0))


def _promises(row: Row, visits: Visits, by_key: ByKey, *, zones: tuple[ZoneInfo, ...], since: date) -> Promises:
    """Whose each is and on which day it was answered are read off the visit; the rows of older visits say it."""
    rows, key, answered = _long(next(row)), _long(next(row)), _seconds(next(row))
    position = by_key.position(key)
    is_known = position >= 0
    patient, location = _patient(rows), (rows >> 4) & 0xFFF
    patient[is_known], location[is_known] = visits.patient[position[is_known]], visits.location[position[is_known]]
    day = days_of(answered, location, zones)
    counted = (patient > 0) & (day >= (since - EPOCH).days)
    return Promises(patient[counted], day[counted], visit=key[counted], kept=_flag(rows, 0)[counted])


def _asks(row: Row) -> Asks:
    rows, visit, answer_day, answered = _long(next(row)), next(row), next(row), next(row)
    score = (rows >> 3) & 0xFF
    has_answer = score != UNANSWERED
    asks = Asks(
        patient=_patient(rows),
        visit=_long(visit),
        asked=_day(rows),
        answer_day=_spread(_days(answer_day), has_answer),
        answered=_spread(_seconds(answered), has_answer),
        mode=(rows >> 1) & 3,
        score=score,
        worth=(rows >> 11) & 7,
        elsewhere=(rows >> 14) & 3,
        history=_flag(rows, 0),
    )
    # Of two answers of one second the less happy one counts: which one must not hang on the order of reading.
    gloom = ((15 - np.minimum(score, 15)) << 5) | ((7 - asks.worth) << 2) | asks.elsewhere
    return asks.only(np.lexsort(((asks.answered << 9) | gloom, asks.answer_day, asks.patient)))


def _recoveries(row: Row) -> Recoveries:
    rows = _long(next(row))
    return Recoveries(
        patient=_patient(rows),
        day=_day(rows),
        answered=_seconds(next(row)),
        reached=_seconds(next(row)),
        reached_day=_days(next(row)),
        closed_day=_days(next(row)),
        recovered=_flag(rows, 0),
    )


def _invitations(row: Row) -> Invitations:
    rows = _long(next(row))
    return Invitations(_patient(rows), _day(rows))


def _reviews(row: Row) -> Reviews:
    rows = _long(next(row))
    return Reviews(_patient(rows), _day(rows), rating=rows & 7)


def _since(day: date | None) -> int:
    return NEVER if day is None else (day - EPOCH).days


def _scored_on(day: date | None) -> int:
    return -NEVER if day is None else (day - EPOCH).days


def _long(column: Column) -> Ints:
    return np.frombuffer(column or b"", dtype=">i8").astype(np.int64)


def _days(column: Column) -> Ints:
    days = np.frombuffer(column or b"", dtype=">i4").astype(np.int64)
    return np.where(days == np.iinfo(np.int32).max, NEVER, days)


def _patient(packed: Ints) -> Ints:
    return packed >> 40


def _day(packed: Ints) -> Ints:
    return ((packed >> 16) & 0xFFFFFF) - _DAYS_FROM_1900


def _flag(packed: Ints, bit: int) -> Flags:
    return (packed & (1 << bit)) > 0


def _seconds(column: Column) -> Ints:
    """Whole seconds, rounded down: whatever is before a full second stays before it."""
    return np.clip(_long(column) // MICROSECONDS, -NEVER, NEVER)


def _spread(values: Ints, rows: Flags) -> Ints:
    """`values` in the rows that have one, NEVER in the others."""
    column = np.full(rows.size, NEVER, dtype=np.int64)
    column[rows] = values
    return column
