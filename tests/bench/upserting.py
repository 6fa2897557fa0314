"""Ten thousand patients from a partner's system, by their ids there: the whole of our stack, and a raw COPY of them."""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial
from random import Random
from typing import Any, TypeVar
from uuid import uuid4

from django.db.models import Model
from django.test import Client
from django.utils import timezone

from core.tenancy.scope import PracticeRef
from loyalty.models import ContactPoint, Patient, PatientIdentifier
from tests.bench.copying import Values, copy, keys
from tests.bench.measure import Bench, Measure
from tests.bench.people import ENDS, GIVEN, STARTS
from tests.bench.readings import Readings
from tests.bench.table import Budget, Of, Row
from tests.partners import client_of, registered
from tests.places import owner_of
from tests.tenants.partners import let_in

# What a raw COPY takes of the time that ours takes.
LEAST_OF_COPY = 0.2
PATIENTS, AT_ONCE = 10_000, 1_000
BULK = "/api/v1/patients/bulk/"
Sent = dict[str, Any]
T = TypeVar("T")


class NotAllTaken(Exception):
    """A row was left out, so the time says nothing."""


class Upserting(Measure):
    name = "upserting"

    def rows(self, bench: Bench) -> list[Row]:
        practice = bench.network.open_apart("upserting")
        client = client_of(token_at(practice, name="Bench Records"), at=practice)
        # What a process does once is not part of it.
        client.get("/api/v1/")
        new, raw = Readings(), Readings()
        people = list(sent(PATIENTS))
        for some, copied in zip(_in_parts(people), _in_parts(list(_for_copy(PATIENTS))), strict=True):
            raw.take(partial(_copy, practice, copied, now=bench.network.now))
            new.take(partial(upsert, client, some, "created"))
        same, other = Readings(), Readings()
        for some in _in_parts(people):
            same.take(partial(upsert, client, some, "unchanged"))
        for some in _in_parts([changed(one) for one in people]):
            other.take(partial(upsert, client, some, "updated"))
        limit = Budget(of=Of.OURS, limit=10, decides=False)
        return [
            Row(
                work=f"upsert {PATIENTS:,} patients, all new",
                unit="s",
                ours=sum(new.wall),
                budget=limit,
                note=f"{AT_ONCE:,} at once, authenticated, audited; {sum(new.cpu):.1f} s of it CPU of the web process",
            ),
            Row(
                work="  … beside a raw COPY of as many rows",
                unit="s",
                usual=sum(raw.wall),
                ours=sum(new.wall),
                budget=Budget(of=Of.RATIO, limit=LEAST_OF_COPY),
                note="usual: patients, their numbers and ids by COPY, checked by nobody, in turns with ours",
            ),
            Row(work="  … all of them known, and as they were", unit="s", ours=sum(same.wall), budget=limit),
            Row(
                work="  … each with another address, number and wish",
                unit="s",
                ours=sum(other.wall),
                budget=limit,
                note=f"{sum(other.cpu):.1f} s of it CPU of the web process",
            ),
        ]


def token_at(practice: PracticeRef, *, name: str) -> str:
    """Of a program that may do everything there."""
    program = registered(name)
    scopes = program.application.scopes
    let_in(program.application, practice, owner_of(practice), scopes=scopes, now=timezone.now())
    return program.token(practice)


def _in_parts(rows: Sequence[T]) -> Iterator[Sequence[T]]:
    for first in range(0, len(rows), AT_ONCE):
        yield rows[first : first + AT_ONCE]


def changed(one: Sent) -> Sent:
    """As the program has them a year later."""
    phone, email = one["contact_points"]
    moved = {**phone, "value": phone["value"].replace("(503)", "(971)")}
    return {**one, "address": "12 Elm St", "contact_points": [moved, email], "not_at_home": True, "no_contact": True}


def sent(count: int, *, seed: int = 6) -> Iterator[Sent]:
    """Rows as a program sends them: everything that a practice-management system knows, for each."""
    random = Random(seed)
    for number in range(count):
        given, family = random.choice(GIVEN), random.choice(STARTS) + random.choice(ENDS)
        yield {
            "external_id": f"H-{number}",
            "record_number": f"{number:06d}",
            "given_name": given,
            "family_name": family,
            "birth_year": random.randint(1945, 2004),
            "birth_month": random.randint(1, 12),
            "birth_day": random.randint(1, 28),
            "language": "en-US",
            "address": f"{random.randint(1, 4000)} NW Lovejoy St",
            "city": random.choice(STARTS) + "ville",
            "state": "OR",
            "postal_code": f"97{random.randint(0, 999):03d}",
            "country": "US",
            "preferred_channel": "text",
            "contact_points": [
                {"kind": "phone", "value": f"(503) 555-{number:04d}", "label": "mobile"},
                {"kind": "email", "value": f"{family}{number}@example.com"},
            ],
            "no_voicemail": number % 10 == 0,
            "plain_envelope": False,
            "not_at_home": number % 20 == 0,
            "no_contact": number % 100 == 0,
        }


def upsert(client: Client, people: Sequence[Sent], outcome: str) -> None:
    """Raises NotAllTaken."""
    for first in range(0, len(people), AT_ONCE):
        answer = client.post(
            BULK,
            json.dumps({"patients": people[first : first + AT_ONCE]}),
            content_type="application/json",
            headers={"Idempotency-Key": str(uuid4())},
        )
        if answer.status_code != 200:
            raise NotAllTaken(answer.content[:500])
        others = [one for one in answer.json()["results"] if one["status"] != outcome or one["errors"]]
        if others:
            raise NotAllTaken(others[:3])


def _for_copy(count: int) -> Iterator[dict[type[Model], list[Values]]]:
    """The same people once more, as rows of the tables."""
    random = Random(7)
    key = keys(random, first=timezone.now())
    for one in sent(count):
        id = key()
        details = {name: value for name, value in one.items() if name not in ("external_id", "contact_points")}
        yield {
            Patient: [{**details, "id": id, "record_number": f"R{one['record_number']}"}],
            PatientIdentifier: [{"id": key(), "patient_id": id, "system": "raw", "value": one["external_id"]}],
            ContactPoint: [{"id": key(), "patient_id": id, "search": p["value"], **p} for p in one["contact_points"]],
        }


def _copy(practice: PracticeRef, people: Sequence[dict[type[Model], list[Values]]], *, now: datetime) -> None:
    for model in (Patient, PatientIdentifier, ContactPoint):
        copy(practice.schema_name, model, [row for one in people for row in one[model]], now=now)
