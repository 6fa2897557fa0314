"""What happened in a practice since a day: the answer of `loyalty.metrics.statement`, unpacked into columns.

Everything is read in a single statement. What the numbers mean is decided in the modules beside this one, where it can
be read and tested.
"""

from datetime import date
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
    HeldOut,
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
from loyalty.metrics.house import House, Older, Row, Where, days_where
from loyalty.metrics.local_day import days_of
from loyalty.metrics.statement import SQL
from loyalty.metrics.unpack import day, days, flag, seconds, spread, whole


def fetch(first: date) -> Records:
    """What happened since `first`, in the practice that the caller has entered."""
    with connection.cursor() as cursor:
        # As bytes, not spelled out in twice as many digits.
        cursor.cursor.format = Format.BINARY
        cursor.execute(SQL, {"first": first})
        row = iter(cursor.fetchone())
    house = House(zones=tuple(ZoneInfo(name) for name in next(row) or ()), places=whole(next(row)))
    people = _people(row, house)
    visits, first_brief, first_no_show = _visits(row, house)
    by_key = ByKey.of(visits.key)
    where = Where(visits, by_key, older=Older.of(row, house))
    return Records(
        zones=house.zones,
        people=people,
        visits=visits,
        by_key=by_key,
        notes=_notes(row, house),
        previews=Previews(visit=whole(next(row)), done=seconds(next(row))),
        held_out=_held_out(row, house),
        occasions=_occasions(row, house),
        promises=_promises(row, house, where, since=first),
        asks=_asks(row, house),
        recoveries=_recoveries(row, house, where),
        invitations=Invitations(house.patients(next(row)), days(next(row))),
        reviews=_reviews(row, house),
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


def _people(row: Row, house: House) -> People:
    number, rows = house.number(whole(next(row)), whole(next(row))), whole(next(row))
    return People(number, days(next(row)), days(next(row)), has_birthday=flag(rows, 0), referred=flag(rows, 1))


def _visits(row: Row, house: House) -> tuple[Visits, int, int]:
    """The visits, and the first days of which briefs and imported no-shows are known."""
    key, patient, packed, location, booked, cancelled, begun, ended = (next(row) for _ in range(8))
    rows = whole(packed)
    completed = flag(rows, 0)
    visits = Visits(
        patient=house.patients(patient),
        key=whole(key),
        location=house.locations(location, rows=rows.size),
        day=day(rows),
        booked=seconds(booked),
        cancelled=spread(seconds(cancelled), flag(rows, 1)),
        begun=np.where(completed, seconds(begun), NEVER),
        ended=spread(seconds(ended), completed),
        completed=completed,
        no_show=flag(rows, 48),
        history=flag(rows, 2),
        booking_recorded=flag(rows, 3),
        walked_in=flag(rows, 49),
        brief_read=flag(rows, 50),
        wait_known=flag(rows, 51),
        seen_in_time=flag(rows, 52),
    )
    read, missed = visits.brief_read, visits.history & visits.no_show
    brief, no_show = (min(_since(next(row)), int(visits.day[which].min(initial=NEVER))) for which in (read, missed))
    return visits, brief, no_show


def _notes(row: Row, house: House) -> Notes:
    patient, rows, done = house.patients(next(row)), whole(next(row)), seconds(next(row))
    return Notes(
        patient=patient,
        day=day(rows),
        done=spread(done, flag(rows, 0)),
        on_paper=flag(rows, 1),
        held=flag(rows, 2),
    )


def _held_out(row: Row, house: House) -> HeldOut:
    """Those of whoever was merged into somebody else are left out: that one's own lot holds."""
    patient, rows, last = next(row), whole(next(row)), days(next(row))
    own = house.are_themselves(patient)
    return HeldOut(
        patient=house.patients(patient)[own], first=day(rows)[own], last=last[own], preview=flag(rows, 0)[own]
    )


def _occasions(row: Row, house: House) -> Occasions:
    patient, rows = house.patients(next(row)), whole(next(row))
    return Occasions(patient, day(rows), honored=flag(rows, 0))


def _promises(row: Row, house: House, where: Where, *, since: date) -> Promises:
    """Whose each is and on which day it was answered are read off the visit."""
    key, answered, kept = whole(next(row)), seconds(next(row)), flag(whole(next(row)), 0)
    patient, location = where.of(key)
    day = days_of(answered, location, house.zones)
    counted = (patient > 0) & (day >= (since - EPOCH).days)
    return Promises(patient[counted], day[counted], visit=key[counted], kept=kept[counted])


def _asks(row: Row, house: House) -> Asks:
    patient, rows, visit, answer_day, answered = (
        house.patients(next(row)),
        whole(next(row)),
        *(next(row) for _ in "vda"),
    )
    score = (rows >> 3) & 0xFF
    has_answer = score != UNANSWERED
    asks = Asks(
        patient=patient,
        visit=whole(visit),
        asked=day(rows),
        answer_day=spread(days(answer_day), has_answer),
        answered=spread(seconds(answered), has_answer),
        mode=(rows >> 1) & 3,
        score=score,
        worth=(rows >> 11) & 7,
        elsewhere=(rows >> 14) & 3,
        history=flag(rows, 0),
    )
    # Of two answers of one second the less happy one counts: which one must not hang on the order of reading.
    gloom = ((15 - np.minimum(score, 15)) << 5) | ((7 - asks.worth) << 2) | asks.elsewhere
    return asks.only(np.lexsort(((asks.answered << 9) | gloom, asks.answer_day, asks.patient)))


def _recoveries(row: Row, house: House, where: Where) -> Recoveries:
    patient, rows, answered = house.patients(next(row)), whole(next(row)), seconds(next(row))
    _, location = where.of(whole(next(row)))
    reached, closed = seconds(next(row)), seconds(next(row))
    return Recoveries(
        patient=patient,
        day=day(rows),
        answered=answered,
        reached=reached,
        reached_day=days_where(reached, location, house),
        closed_day=days_where(closed, location, house),
        recovered=flag(rows, 0),
    )


def _reviews(row: Row, house: House) -> Reviews:
    patient, rows = house.patients(next(row)), whole(next(row))
    return Reviews(patient, day(rows), rating=rows & 7)


def _since(day: date | None) -> int:
    return NEVER if day is None else (day - EPOCH).days


def _scored_on(day: date | None) -> int:
    return -NEVER if day is None else (day - EPOCH).days
