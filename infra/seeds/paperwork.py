"""What a front desk keeps beside the visits: calls and whom they reached, tags and views, records that are there twice,
and what patients may ask of their record by law. Of the practice that is shown.
"""

import json
from collections.abc import Sequence
from datetime import date
from random import Random
from typing import Any
from uuid import UUID

from infra.seeds.house import House
from infra.seeds.ids import Mint
from infra.seeds.local_days import DAY
from infra.seeds.patient import Patient
from infra.seeds.tables import Table
from infra.seeds.words.asked_for import GIVEN_OUT, REQUESTS, TAGS
from loyalty.models import Call, ContactPoint, Disclosure, Memory, RecordRequest, SavedView
from loyalty.models import Patient as PatientModel
from loyalty.patients.filter import PatientFilter

HOUR = 3600
_TAGGED = 0.07
_CALLS_OF = 120 * DAY
_NOT_REACHED = 0.45
_TWICE = 4
_MORNING = 10 * 60


def tag(patients: Sequence[Patient], *, rng: Random) -> None:
    for patient in patients:
        if rng.random() < _TAGGED:
            patient.tags = sorted(rng.sample(TAGS, rng.choice((1, 1, 2))))


class Paperwork:
    """today: an ordinal; now: seconds. by: the person who wrote it down."""

    def __init__(self, *, house: House, rng: Random, mint: Mint, today: int, now: int, by: UUID) -> None:
        self._house, self._rng, self._mint = house, rng, mint
        self._today, self._now, self._by = today, now, by
        self.calls = Table(Call, "id created_at updated_at patient_id touchpoint_id result at by_staff_id minutes")
        self.patients = Table(
            PatientModel,
            "id created_at updated_at given_name family_name birth_year birth_month birth_day no_voicemail",
        )
        self.contacts = Table(ContactPoint, "id created_at updated_at patient_id kind value search label rank")
        self.memories = Table(Memory, "id created_at updated_at patient_id text source consented")
        self.requests = Table(
            RecordRequest,
            "id created_at updated_at patient_id kind state text source recipient paid_in_full received_on due_on"
            " noted_by basis answer_text answered_on answered_by told_on disagreement disagreed_on",
        )
        self.disclosures = Table(
            Disclosure,
            "id created_at updated_at patient_id on to_whom address what purpose by_person_id struck_at"
            " struck_because struck_by",
        )
        self.views = Table(SavedView, "id created_at updated_at name filter by_person_id shared")

    @property
    def tables(self) -> list[Table]:
        return [*(self.calls, self.patients, self.contacts, self.memories, self.requests, self.disclosures, self.views)]

    def add_calls(self, touchpoints: Table) -> None:
        """Whom the calls of the last months reached; of those to be made, who did not pick up so far."""
        desk = next(iter(self._house.desks.values()), self._house.manager)
        for values in touchpoints.rows:
            one = dict(zip(touchpoints.columns, values, strict=True))
            if one["channel"] != "call" or one["kind"] not in ("preview", "check_in"):
                continue
            done = one["done_at"]
            if done is not None and done > self._now - _CALLS_OF:
                self._call(one, "reached", done, one["done_by_id"], one["minutes"])
            elif one["state"] == "planned" and self._rng.random() < _NOT_REACHED:
                tried = self._now - self._rng.randrange(2 * HOUR, 4 * HOUR)
                if tried > one["created_at"]:
                    self._call(one, "no_answer", tried, desk.id, None)

    def add_others(self, patients: Sequence[Patient]) -> None:
        grown = [one for one in patients if one.phone and not one.is_minor and one.may_be_contacted]
        known = [one for one in grown if sum(visit.completed_at is not None for visit in one.visits) > 1]
        chosen = self._rng.sample(known, min(len(known), _TWICE + len(REQUESTS) + len(GIVEN_OUT)))
        for number, patient in enumerate(chosen[:_TWICE]):
            self._twice(patient, number)
        for patient, request in zip(chosen[_TWICE:], REQUESTS, strict=False):
            self._request(patient, *request)
        for patient, given in zip(chosen[_TWICE + len(REQUESTS) :], GIVEN_OUT, strict=False):
            self._given_out(patient, *given)
        self._save_views()

    def _call(self, touchpoint: dict[str, Any], result: str, at: int, by: str | None, minutes: int | None) -> None:
        self.calls.add(self._mint.at(at), at, at, touchpoint["patient_id"], touchpoint["id"], result, at, by, minutes)

    def _twice(self, patient: Patient, number: int) -> None:
        """Somebody was in a hurry and entered them again: by a short name, or with a slip in the other one."""
        at = patient.site.days.at(self._today - 3 - 9 * number, _MORNING)
        twin = self._mint.at(at)
        given = patient.preferred or patient.given[:4]
        family = patient.family if number % 2 == 0 else f"{patient.family[:-1]}{patient.family[-1] * 2}"
        born = patient.born if number % 2 else (None, None, None)
        self.patients.add(twin, at, at, given, family, *born, number == 0)
        digits = "".join(filter(str.isdigit, patient.phone))
        self.contacts.add(self._mint.at(at), at, at, twin, "phone", patient.phone, digits, "mobile", 1)
        if number == 0:
            self.memories.add(self._mint.at(at), at, at, twin, "Comes by bicycle", "Told the front desk", True)

    def _request(
        self, patient: Patient, ago: int, text: str, source: str, asks: dict[str, Any], answer: dict[str, Any]
    ) -> None:
        received = self._today - ago
        at = patient.site.days.at(received, _MORNING)
        answered = received + answer["after"] if answer else None
        last = patient.site.days.at(answered, _MORNING) if answered else at
        disagreed = answered + 9 if answered and "disagreement" in answer else None
        self.requests.add(
            *(self._mint.at(at), at, last, patient.id, asks["kind"], answer.get("state", "open"), text, source),
            *(asks.get("recipient", ""), asks.get("paid", False), received, received + 60, self._by),
            *(answer.get("basis", ""), answer.get("text", ""), answered, self._by if answered else None, answered),
            *(answer.get("disagreement", ""), disagreed),
        )

    def _given_out(
        self, patient: Patient, ago: int, to_whom: str, address: str, what: str, purpose: str, struck: str
    ) -> None:
        at = patient.site.days.at(self._today - ago, _MORNING)
        gone = at + DAY if struck else None
        self.disclosures.add(
            *(self._mint.at(at), at, gone or at, patient.id, self._today - ago, to_whom, address, what, purpose),
            *(self._by, gone, struck, self._by if struck else None),
        )

    def _save_views(self) -> None:
        at = self._now - 30 * DAY
        day = date.fromordinal(self._today)
        asked = {
            "Not here for half a year": PatientFilter(away_since=date.fromordinal(self._today - 183), upcoming=False),
            "Birthdays next month": PatientFilter(birth_month=day.month % 12 + 1),
            "Brides": PatientFilter(tag="Bridal"),
        }
        for name, view in asked.items():
            self.views.add(self._mint.at(at), at, at, name, json.dumps(view.to_json()), self._by, True)
