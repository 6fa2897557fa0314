"""Patients and the ways to reach them, the same in every run."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID

from core.tenancy.scope import PracticeRef
from loyalty.models import ContactPoint, Patient
from tests.bench.copying import Values, copy, keys


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


GIVEN = _words("""
    Ada Agnes Alma Amelia Ana Anita Bea Bertha Camille Carla Cecilia Chloé Clara Dana Delia Dora Edith Elena Elise
    Ella Emma Esther Eva Fatima Flora Gina Grace Greta Hanna Helen Ida Ines Irene Iris Jana Joan Julia Kamala Karin
    Laila Lena Lucía Mabel Maria Mei Mina Nadia Nora Olga Paula Petra Quinn Rosa Ruth Salma Sara Tess Uma Vera Zoë
""")
# Family names are made of two halves: 840 of them.
STARTS = _words(
    "Al Ban Bar Bel Bro Cal Car Dal Don El Fair Fen Gar Hal Har Hol Kel Lan Lin Mar Mor Nor Pel Ren Ros Sal Tal Wen"
)
ENDS = _words("""
    beck berg berry by combe dale den der don field ford gate ham hurst ley lock man mond more ner ow ridge sen ski
    son ton well wood worth ez
""")


def bring_people(practice: PracticeRef, *, patients: int, now: datetime, seed: int = 1) -> list[UUID]:
    """`patients` of them, most with a phone and an email; returns their ids in the order they joined."""
    random = Random(seed)
    since = now - timedelta(days=3 * 365)
    key = keys(random, first=since)
    people = [_person(random, key(), number, since.date()) for number in range(patients)]
    copy(practice.schema_name, Patient, people, now=now)
    copy(practice.schema_name, ContactPoint, _contacts(random, people, key), now=now)
    return [person["id"] for person in people]


def _person(random: Random, key: UUID, number: int, since: date) -> Values:
    return {
        "id": key,
        "record_number": f"{number:06d}",
        "given_name": random.choice(GIVEN),
        "family_name": random.choice(STARTS) + random.choice(ENDS),
        "birth_year": random.randint(1945, 2004),
        "birth_month": random.randint(1, 12),
        "birth_day": random.randint(1, 28),
        "city": random.choice(STARTS) + "ville",
        "state": "IL",
        "patient_since": since + timedelta(days=random.randint(0, 900)),
    }


def _contacts(random: Random, people: list[Values], key: Callable[[], UUID]) -> Iterator[Values]:
    for person in people:
        digits = f"1312{random.randint(2_000_000, 9_999_999)}"
        shown = f"({digits[1:4]}) {digits[4:7]}-{digits[7:]}"
        yield {"id": key(), "patient_id": person["id"], "kind": "phone", "value": shown, "search": digits}
        if random.random() < 0.9:
            email = f"{person['given_name']}.{person['family_name']}{random.randint(1, 99)}@example.com".lower()
            yield {"id": key(), "patient_id": person["id"], "kind": "email", "value": email, "search": email}
