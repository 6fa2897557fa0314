"""Who and where: patients, locations and visits are read by the hashes of their ids, and numbered here."""

from collections.abc import Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import numpy as np

from loyalty.metrics.columns import NEVER, ByKey, Flags, Ints, Visits
from loyalty.metrics.local_day import days_of
from loyalty.metrics.unpack import Column, whole

# The columns that the statement answers, each taken once, in the order of its SELECT.
Row = Iterator[Column]


class House:
    """Patients are numbered from 1 on, merged ones as one, and locations from 0 on, home first."""

    def __init__(self, *, zones: tuple[ZoneInfo, ...], places: Ints) -> None:
        self.zones = zones
        self._places = ByKey.of(places)
        self._people = ByKey.of(places[:0])
        # One more at the end, which a key finds that nobody has.
        self._numbers = np.zeros(1, dtype=np.int64)
        self._is_own = np.zeros(1, dtype=np.bool_)

    def number(self, key: Ints, own: Ints) -> Ints:
        """Number the patients: `key` of each row, and `own` of whom they are, another one if they were merged."""
        self._people = ByKey.of(key)
        number = np.unique(own, return_inverse=True)[1].astype(np.int64) + 1
        self._numbers, self._is_own = np.append(number, 0), np.append(key == own, False)
        return number

    def patients(self, column: Column) -> Ints:
        """0 where the key is nobody's."""
        return self._numbers[self._people.position(whole(column))]

    def are_themselves(self, column: Column) -> Flags:
        """Whether the patients were not merged into others."""
        return self._is_own[self._people.position(whole(column))]

    def locations(self, column: Column, *, rows: int) -> Ints:
        """Where there is one location alone, the statement does not say which."""
        return np.zeros(rows, dtype=np.int64) if column is None else self._places.position(whole(column))


@dataclass(frozen=True, slots=True)
class Older:
    """Visits from before the records begin."""

    by_key: ByKey
    patient: Ints
    location: Ints

    @classmethod
    def of(cls, row: Row, house: House) -> "Older":
        key = whole(next(row))
        return cls(ByKey.of(key), house.patients(next(row)), house.locations(next(row), rows=key.size))


@dataclass(frozen=True, slots=True)
class Where:
    """Whose a visit is, and where."""

    visits: Visits
    by_key: ByKey
    older: Older

    def of(self, key: Ints) -> tuple[Ints, Ints]:
        """The patient and the location of each visit; 0 and home where it is none that we know."""
        position, before = self.by_key.position(key), self.older.by_key.position(key)
        patient, location = np.zeros(key.size, dtype=np.int64), np.zeros(key.size, dtype=np.int64)
        for found, visits in ((position, self.visits), (before, self.older)):
            known = found >= 0
            patient[known], location[known] = visits.patient[found[known]], visits.location[found[known]]
        return patient, location


def days_where(second: Ints, location: Ints, house: House) -> Ints:
    """The day of each second at its location; NEVER where there is none."""
    day = np.full(second.size, NEVER, dtype=np.int64)
    is_day = np.flatnonzero(second < NEVER)
    day[is_day] = days_of(second[is_day], location[is_day], house.zones)
    return day
