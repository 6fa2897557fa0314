"""Who becomes a patient, and when: those from before the story begins, then newcomers as they happen to come."""

from collections.abc import Iterator
from random import Random

from infra.seeds.catalogue import OFFERS
from infra.seeds.house import House
from infra.seeds.patient import Patient
from infra.seeds.traits import Traits

# Somebody may book their first visit as far ahead as this.
_AHEAD = 40
# Patients needed for one visit on an open day: found by trying.
_FROM_BEFORE = 60.0
_NEW_A_DAY = 0.113
_LEAVES = (1.3, 9.5)
_ASSESSED_FIRST = 0.35


def meet(*, house: House, traits: Traits, rng: Random, today: int, days: int) -> Iterator[Patient]:
    """The patients of the last `days` days, by the day on which they first want to come, which may lie ahead."""
    first = today - days
    offers = [offer for offer in OFFERS if offer.share]
    shares = [offer.share for offer in offers]
    number = 0

    def patient(day: int, *, is_new: bool) -> Patient:
        offer = rng.choices(offers, shares)[0]
        site = rng.choice(house.sites)
        every = max(offer.every * 0.6, rng.gauss(offer.every, offer.spread))
        known = 0 if is_new else rng.randint(1, 14)
        wanted = day if is_new else first + int(rng.random() * every)
        since = wanted if is_new else first - int(known * every) % 2000 - rng.randrange(30)
        return Patient(
            number=number,
            first_day=wanted,
            since=since,
            is_new=is_new,
            site=site,
            provider=rng.choice(house.by_site[site.id]),
            offer=offer,
            every=every,
            leaves=min(0.5, rng.betavariate(*_LEAVES) * traits.staying),
            mood=rng.gauss(0, 1),
            early=rng.random() < 0.5,
            assessed_first=rng.random() < _ASSESSED_FIRST,
            sessions_left=max(0, offer.sessions - (known % 3)),
            kept=known,
        )

    for _ in range(int(_FROM_BEFORE * traits.visits_a_day * (1 - traits.growth / 2))):
        number += 1
        yield patient(first, is_new=False)
    at = float(first)
    while at < today + _AHEAD:
        rise = 1 + traits.growth * (2 * (at - first) / days - 1)
        at += rng.expovariate(_NEW_A_DAY * traits.visits_a_day * rise)
        number += 1
        yield patient(int(at), is_new=True)
