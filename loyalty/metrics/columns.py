"""The columns of numbers that metrics are counted from: what happened in a practice since a day."""

from dataclasses import dataclass, fields
from datetime import date

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

# Days and seconds are counted from here, as PostgreSQL does.
EPOCH = date(2000, 1, 1)
# Beyond any instant or day that is written down: what "infinity" in the database becomes.
NEVER = 2**33
UNANSWERED = 255

MODES = ("kiosk", "link", "staff")


@dataclass(frozen=True, slots=True)
class People:
    """By the number of the patient; several rows of one who was merged. since: the first day we know they came.

    late_from: the day from which the model says they should have been back; NEVER where it says nothing.
    """

    patient: Ints
    since: Ints
    late_from: Ints
    has_birthday: Flags
    referred: Flags


@dataclass(frozen=True, slots=True)
class Visits:
    """All appointments, whatever became of them. day in days, the instants in seconds since EPOCH.

    key: what others name the visit by. booked: NEVER where the time of booking is not known. cancelled, begun and ended
    (of completed ones): NEVER where it was not. booking_recorded: whether this practice's system kept booking times
    when this visit was made. wait_known: whether it was noted how long they waited; seen_in_time: within 10 minutes.
    """

    patient: Ints
    key: Ints
    location: Ints
    day: Ints
    booked: Ints
    cancelled: Ints
    begun: Ints
    ended: Ints
    completed: Flags
    no_show: Flags
    history: Flags
    booking_recorded: Flags
    walked_in: Flags
    brief_read: Flags
    wait_known: Flags
    seen_in_time: Flags


@dataclass(frozen=True, slots=True)
class ByKey:
    """Where each visit stands, by its key. Keys are hashes, so their last bits spread them evenly over the slots.

    keys: of all visits. slots: the position of a visit whose key ends with the slot's number; of several the last one,
    and of none whatever. others, order: the keys of those that got no slot, ascending, and their positions.
    """

    keys: Ints
    slots: npt.NDArray[np.int32]
    others: Ints
    order: Ints

    @classmethod
    def of(cls, keys: Ints) -> "ByKey":
        # Several times as many slots as keys, so that few want the same one.
        slots = np.zeros(4 << keys.size.bit_length(), dtype=np.int32)
        slot, position = keys & (slots.size - 1), np.arange(keys.size, dtype=np.int32)
        slots[slot] = position
        without = np.flatnonzero(slots[slot] != position)
        order = without[np.argsort(keys[without])]
        return cls(keys, slots, keys[order], order)

    def position(self, keys: Ints) -> Ints:
        """The position of each visit by its key; -1 where it is not among them."""
        if not self.keys.size:
            return np.full(keys.size, -1, dtype=np.int64)
        found: Ints = self.slots[keys & (self.slots.size - 1)].astype(np.int64)
        rest = np.flatnonzero(self.keys[found] != keys)
        found[rest] = -1
        if self.others.size:
            place = np.minimum(np.searchsorted(self.others, keys[rest]), self.others.size - 1)
            same = self.others[place] == keys[rest]
            found[rest[same]] = self.order[place[same]]
        return found


@dataclass(frozen=True, slots=True)
class Notes:
    """Notes that were to be written: the day of the visit they thank for. done: NEVER where they were not (yet).

    on_paper: written by hand. held: until a recovery is closed.
    """

    patient: Ints
    day: Ints
    done: Ints
    on_paper: Flags
    held: Flags


@dataclass(frozen=True, slots=True)
class Previews:
    """Service previews that were made, each for one visit."""

    visit: Ints
    done: Ints


@dataclass(frozen=True, slots=True)
class HeldOut:
    """Patients drawn to get no note, or no preview, from the first day to the last one: a hold-out's control arm."""

    patient: Ints
    first: Ints
    last: Ints
    preview: Flags


@dataclass(frozen=True, slots=True)
class Occasions:
    """Personal days that were planned. honored: by their day."""

    patient: Ints
    day: Ints
    honored: Flags


@dataclass(frozen=True, slots=True)
class Promises:
    """Promises that the patient answered, and the day they did."""

    patient: Ints
    day: Ints
    visit: Ints
    kept: Flags


@dataclass(frozen=True, slots=True)
class Asks:
    """Requests for feedback, each with its answer if there is one; by patient, then day and instant of the answer,
    the less happy of two at once last.

    visit: the key of the visit, or a number that no other request shares. asked: the day of asking. mode: index into
    MODES. answer_day, answered (seconds): NEVER without an answer. score: UNANSWERED without. worth: 1-5, 0 without.
    elsewhere: 1 only here, 2 elsewhere too, 0 without. history: imported, so that those who did not answer were not
    kept.
    """

    patient: Ints
    visit: Ints
    asked: Ints
    answer_day: Ints
    answered: Ints
    mode: Ints
    score: Ints
    worth: Ints
    elsewhere: Ints
    history: Flags

    def only(self, rows: Flags | Ints) -> "Asks":
        return Asks(**{column.name: getattr(self, column.name)[rows] for column in fields(self)})


@dataclass(frozen=True, slots=True)
class Recoveries:
    """One for each unhappy answer. day: of the answer. reached, reached_day, closed_day: NEVER where not (yet)."""

    patient: Ints
    day: Ints
    answered: Ints
    reached: Ints
    reached_day: Ints
    closed_day: Ints
    recovered: Flags


@dataclass(frozen=True, slots=True)
class Invitations:
    """Requests for a public review that were delivered."""

    patient: Ints
    day: Ints


@dataclass(frozen=True, slots=True)
class Reviews:
    """Public reviews. patient: 0 where nobody matched it to one. rating: 1-5, 0 without."""

    patient: Ints
    day: Ints
    rating: Ints


@dataclass(frozen=True, slots=True)
class Began:
    """The first day of which something was recorded, whenever that was; NEVER where it never was.

    note, preview: the first that was planned. no_show: of imported visits.
    """

    note: int
    preview: int
    brief: int
    no_show: int
    recovery: int
    referral: int
    review: int
