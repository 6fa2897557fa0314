"""What happened in a practice since a day: the answer of `loyalty.metrics.statement`, unpacked into columns.

Everything is read by a single statement. What the numbers mean is decided in the modules beside this one, where it can
be read and tested.
"""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from copy import copy
from datetime import date
from functools import cached_property
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
    Recoveries,
    Reviews,
    Visits,
)
from loyalty.metrics.house import House, Older, Row, Where, days_where
from loyalty.metrics.local_day import days_of
from loyalty.metrics.statement import SQL
from loyalty.metrics.unpack import Column, day, days, first_day, flag, seconds, spread, whole


class Records:
    """What happened since a day. Only what is asked for is waited for: the rest is still being read meanwhile.

    zones: the time zone of each location, by the number that visits carry. scored_on: the day up to which the model
    read the visits when it last said who is late; before any day where it does not.
    """

    def __init__(self, row: Row, *, since: date) -> None:
        self._row, self._since = row, since
        names = (next(row) or b"").decode().split()
        self._house = House(zones=tuple(ZoneInfo(name) for name in names), places=whole(next(row)))
        note, preview, recovery, referral, review = (first_day(next(row)) for _ in range(5))
        scored_on = next(row)
        self.scored_on = -NEVER if scored_on is None else first_day(scored_on)
        self.zones = self._house.zones
        self.people = _people(row, self._house)
        self.visits, brief, no_show = _visits(row, self._house)
        self.by_key = ByKey.of(self.visits.key)
        self._where = Where(self.visits, self.by_key, older=Older.of(row, self._house))
        self.began = Began(
            brief=brief,
            no_show=no_show,
            note=note,
            preview=preview,
            recovery=recovery,
            referral=referral,
            review=review,
        )

    @cached_property
    def _meant(self) -> tuple[Notes, Previews, HeldOut, Occasions, Promises]:
        row, house = self._row, self._house
        return (
            _notes(row, house),
            Previews(visit=whole(next(row)), done=seconds(next(row))),
            _held_out(row, house),
            _occasions(row, house),
            _promises(row, house, self._where, since=self._since),
        )

    @cached_property
    def _said(self) -> tuple[Asks, Recoveries, Invitations, Reviews]:
        _ = self._meant  # comes first
        row, house = self._row, self._house
        said = (
            _asks(row, house),
            _recoveries(row, house, self._where),
            Invitations(house.patients(next(row)), days(next(row))),
            _reviews(row, house),
        )
        # So that the statement is over.
        next(row, None)
        return said

    @property
    def notes(self) -> Notes:
        return self._meant[0]

    @property
    def previews(self) -> Previews:
        return self._meant[1]

    @property
    def held_out(self) -> HeldOut:
        return self._meant[2]

    @property
    def occasions(self) -> Occasions:
        return self._meant[3]

    @property
    def promises(self) -> Promises:
        return self._meant[4]

    @cached_property
    def asks(self) -> Asks:
        return self._said[0]

    @property
    def recoveries(self) -> Recoveries:
        return self._said[1]

    @property
    def invitations(self) -> Invitations:
        return self._said[2]

    @property
    def reviews(self) -> Reviews:
        return self._said[3]

    def with_asks(self, asks: Asks) -> "Records":
        """The same, but for these requests for feedback alone."""
        part = copy(self)
        # Where the cached property would put it.
        part.__dict__["asks"] = asks
        return part


@contextmanager
def reading(first: date) -> Iterator[Records]:
    """What happened since `first`, in the practice that the caller has entered, while it is being read.

    Nothing else can be asked of the database until it is.
    """
    with connection.cursor() as cursor, connection.wrap_database_errors:
        # As bytes, not spelled out in twice as many digits.
        cursor.cursor.format = Format.BINARY
        with closing(cursor.cursor.stream(SQL, {"first": first})) as lots:
            yield Records(_columns(lots), since=first)
            # What nobody asked for is read all the same: a statement that is broken off breaks its transaction.
            for _ in lots:
                pass


def fetch(first: date) -> Records:
    """What happened since `first`, in the practice that the caller has entered, when all of it is read."""
    with reading(first) as records:
        _ = records.asks
    return records


class LotsOutOfOrder(Exception):
    """The database answered the parts of the statement in another order than they are written in."""


def _columns(lots: Iterator[tuple[int, list[Column]]]) -> Row:
    for expected, (lot, columns) in enumerate(lots, start=1):
        if lot != expected:
            raise LotsOutOfOrder
        yield from columns


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
    brief, no_show = (min(first_day(next(row)), int(visits.day[which].min(initial=NEVER))) for which in (read, missed))
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
    # No day is as far from the first as NEVER: one number to sort by.
    by_day = asks.patient * (2 * NEVER) + asks.answer_day
    order = np.argsort(by_day)
    again = np.flatnonzero(np.diff(by_day[order]) == 0)
    answered_again = again[has_answer[order[again]]]
    if answered_again.size:
        # Of two answers of one second the less happy one counts: which one must not hang on the order of reading.
        gloom = ((15 - np.minimum(score, 15)) << 5) | ((7 - asks.worth) << 2) | asks.elsewhere
        same = np.union1d(answered_again, answered_again + 1)
        rows_of = order[same]
        order[same] = rows_of[np.lexsort(((asks.answered[rows_of] << 9) | gloom[rows_of], by_day[rows_of]))]
    return asks.only(order)


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
