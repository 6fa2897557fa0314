"""Three years of visits: everyone comes in their own rhythm until, after one of the visits, they do not come again.

A buy-till-you-die story for each patient: gaps are gamma distributed around the person's own mean, and after every kept
visit there is a chance that it was the last one.
"""

from dataclasses import dataclass
from random import Random

from infra.seeds.catalogue import BY_KEY, Offer
from infra.seeds.diary import Diary
from infra.seeds.house import House, Worker
from infra.seeds.ids import Mint
from infra.seeds.local_days import DAY
from infra.seeds.patient import Fate, Patient, Visit
from infra.seeds.stay import stay
from infra.seeds.traits import Traits

_LEAVES_AT_ONCE = 0.29
_SERIES_IS_ALL = 0.5
_COMES_BACK = 0.12
_IN_BETWEEN = 0.14
_WALKS_IN = 0.04
_SECOND_SERVICE = 0.012
_SHORTEST_GAP = 5
_CHANGES_MIND = 0.04
# How far from the wished day a free time is looked for.
_AROUND = (0, 1, -1, 2, -2, 3, 4, -3, 5, 7, 8, -5, 9, 11)


@dataclass(slots=True)
class _Wish:
    """A visit that somebody wants: about which day, and when they said so (None: not at once)."""

    day: int
    asked_at: int | None = None


class Lives:
    """The visits of one practice up to the day before `today`, and what is booked by `now` from then on."""

    def __init__(
        self, *, house: House, traits: Traits, rng: Random, mint: Mint, today: int, now: int, also_open: int | None
    ) -> None:
        self.house = house
        self.traits = traits
        self.diary = Diary([provider.weekdays for provider in house.providers], rng, also_open=also_open)
        self._rng = rng
        self._mint = mint
        self._today = today
        self._now = now

    def live(self, patient: Patient) -> None:
        """Append all of the patient's visits. Stops at the first one that is not before today."""
        wish: _Wish | None = _Wish(patient.first_day)
        while wish is not None:
            visit = self._visit(patient, wish)
            if visit is None:
                return
            patient.visits.append(visit)
            if visit.day >= self._today:
                self._perhaps_called_off(visit)
                return
            wish = self._becomes(visit)

    def book_next(self, visit: Visit) -> None:
        """After a visit kept today: the next one, where it is booked before leaving."""
        wish = self._after_kept(visit)
        if wish is None or wish.asked_at is None:
            return
        following = self._visit(visit.patient, wish)
        if following is not None:
            visit.patient.visits.append(following)

    def move(self, visit: Visit, *, day: int) -> bool:
        """Give an open visit another day, with whoever has time; False, and nothing changed, where nobody has."""
        for provider in (visit.provider, *self.house.by_site[visit.site.id]):
            minute = self.diary.place(provider.number, day, visit.minutes, early=visit.patient.early)
            if minute is not None:
                self.diary.free(visit.provider.number, visit.day, visit.minute, visit.minutes)
                visit.provider, visit.day, visit.minute = provider, day, minute
                visit.starts_at = visit.site.days.at(day, minute)
                return True
        return False

    # --- One visit ---------------------------------------------------------------------------------------------

    def _visit(self, patient: Patient, wish: _Wish) -> Visit | None:
        """Find a time for the wish; None where there is none, or where nobody has booked it yet."""
        offer = self._service_for(patient)
        earliest = patient.visits[-1].day + 1 if patient.visits else 0
        if wish.asked_at is not None:
            earliest = max(earliest, patient.site.days.day_of(wish.asked_at) + 1)
        placed = self._place(patient, offer, max(wish.day, earliest), earliest)
        if placed is None:
            return None
        provider, day, minute = placed
        starts_at = patient.site.days.at(day, minute)
        booked_at, walked_in = wish.asked_at, False
        if booked_at is None:
            walked_in = day < self._today and self._rng.random() < _WALKS_IN
            booked_at = starts_at if walked_in else self._booked_before(patient, day, starts_at)
        if booked_at > self._now:
            self.diary.free(provider.number, day, minute, offer.minutes)
            return None
        return Visit(
            id=self._mint.at(booked_at),
            patient=patient,
            site=patient.site,
            provider=provider,
            service=self.house.services[offer.key],
            day=day,
            minute=minute,
            starts_at=starts_at,
            booked_at=booked_at,
            kept_before=patient.kept,
            walked_in=walked_in,
        )

    def _place(self, patient: Patient, offer: Offer, wish: int, earliest: int) -> tuple[Worker, int, int] | None:
        for step in _AROUND:
            day = wish + step
            if day >= earliest:
                minute = self.diary.place(patient.provider.number, day, offer.minutes, early=patient.early)
                if minute is not None:
                    return patient.provider, day, minute
        for step in _AROUND:
            for provider in self.house.by_site[patient.site.id]:
                minute = self.diary.place(provider.number, wish + abs(step), offer.minutes, early=patient.early)
                if minute is not None:
                    return provider, wish + abs(step), minute
        return None

    def _booked_before(self, patient: Patient, day: int, starts_at: int) -> int:
        """Some days before, in the daytime, and after the last visit's day."""
        rng = self._rng
        longest = day - patient.visits[-1].day - 1 if patient.visits else 60
        ahead = min(int(rng.expovariate(1 / 11)), max(longest, 0))
        asked = patient.site.days.at(day - ahead, 8 * 60 + int(rng.random() * 720))
        return min(asked, starts_at - 3600 - int(rng.random() * 3600))

    def _service_for(self, patient: Patient) -> Offer:
        rng = self._rng
        if patient.is_new and not patient.kept:
            return BY_KEY["assessment"] if patient.assessed_first else patient.offer
        if not patient.sessions_left and rng.random() < _IN_BETWEEN:
            return BY_KEY[rng.choice(("facial", "filler", "neuromodulator"))]
        return patient.offer

    # --- What becomes of it ------------------------------------------------------------------------------------

    def _becomes(self, visit: Visit) -> _Wish | None:
        chance = self._rng.random()
        if visit.walked_in or chance >= self.traits.cancelled + self.traits.no_show:
            stay(visit, traits=self.traits, rng=self._rng)
            return self._after_kept(visit)
        if chance < self.traits.cancelled:
            return self._after_cancelling(visit)
        return self._after_missing(visit)

    def _after_kept(self, visit: Visit) -> _Wish | None:
        rng, patient = self._rng, visit.patient
        patient.kept += 1
        self._second_service(visit)
        leaves = rng.random() < self._chance_to_leave(patient)
        wish = _Wish(visit.day + self._gap(patient, after=visit.service.offer))
        if rng.random() < self.traits.rebooked and visit.completed_at is not None:
            wish.asked_at = visit.completed_at + 60 + int(rng.random() * 360)
        if not leaves:
            return wish
        if wish.asked_at is not None and rng.random() < 0.5:
            self._book_but_never_come(patient, wish)
            return None
        return self._much_later(visit)

    def _second_service(self, visit: Visit) -> None:
        """Now and then somebody has two things done on one day."""
        if visit.day >= self._today or self._rng.random() >= _SECOND_SERVICE or visit.completed_at is None:
            return
        offer = BY_KEY["facial" if visit.service.offer.key != "facial" else "light"]
        after = visit.minute + -(-visit.minutes // 15) * 15 + 30
        minute = self.diary.place(visit.provider.number, visit.day, offer.minutes, early=False, not_before=after)
        if minute is None:
            return
        second = Visit(
            id=self._mint.at(visit.booked_at),
            patient=visit.patient,
            site=visit.site,
            provider=visit.provider,
            service=self.house.services[offer.key],
            day=visit.day,
            minute=minute,
            starts_at=visit.site.days.at(visit.day, minute),
            booked_at=visit.booked_at,
            kept_before=visit.kept_before + 1,
        )
        stay(second, traits=self.traits, rng=self._rng)
        visit.patient.visits.append(second)

    def _chance_to_leave(self, patient: Patient) -> float:
        if patient.sessions_left:
            patient.sessions_left -= 1
            if not patient.sessions_left:
                patient.offer = BY_KEY[self._rng.choice(patient.offer.then)]
                patient.every = self._rng.gauss(patient.offer.every, patient.offer.spread)
                return _SERIES_IS_ALL
            return patient.leaves * 0.4
        if patient.is_new and patient.kept == 1:
            return min(0.6, _LEAVES_AT_ONCE * self.traits.staying)
        return patient.leaves

    def _gap(self, patient: Patient, *, after: Offer) -> int:
        offer = patient.offer
        mean, shape = (
            (after.every, after.regularity) if after.key == "assessment" else (patient.every, offer.regularity)
        )
        return max(_SHORTEST_GAP, round(self._rng.gammavariate(shape, mean / shape)))

    def _book_but_never_come(self, patient: Patient, wish: _Wish) -> None:
        visit = self._visit(patient, wish)
        if visit is None:
            return
        patient.visits.append(visit)
        if visit.day < self._today:
            if self._rng.random() < 0.75:
                self._cancel(visit, by=visit.starts_at)
            else:
                visit.fate = Fate.MISSED

    def _much_later(self, visit: Visit) -> _Wish | None:
        if self._rng.random() < _COMES_BACK:
            return _Wish(visit.day + self._rng.randint(260, 520))
        return None

    def _after_cancelling(self, visit: Visit) -> _Wish | None:
        rng = self._rng
        self._cancel(visit, by=visit.starts_at)
        chance = rng.random()
        if chance < 0.72 and visit.cancelled_at is not None:
            return _Wish(visit.day + rng.randint(3, 21), visit.cancelled_at + 60)
        return _Wish(visit.day + rng.randint(25, 60)) if chance < 0.87 else None

    def _after_missing(self, visit: Visit) -> _Wish | None:
        rng = self._rng
        visit.fate = Fate.MISSED
        chance = rng.random()
        if chance < 0.55:
            called = visit.site.days.at(visit.day + 1, 9 * 60 + rng.randrange(480))
            return _Wish(visit.day + rng.randint(5, 25), called) if called <= self._now else None
        return _Wish(visit.day + rng.randint(25, 70)) if chance < 0.8 else None

    def _perhaps_called_off(self, visit: Visit) -> None:
        if self._rng.random() < _CHANGES_MIND and visit.booked_at + DAY < self._now:
            self._cancel(visit, by=min(visit.starts_at, self._now))

    def _cancel(self, visit: Visit, *, by: int) -> None:
        before = int(self._rng.expovariate(1 / (2.5 * DAY)))
        visit.fate = Fate.CANCELLED
        visit.cancelled_at = max(visit.booked_at + 600, by - 1800 - before)
        if visit.cancelled_at > by:
            visit.cancelled_at = by
        self.diary.free(visit.provider.number, visit.day, visit.minute, visit.minutes)
