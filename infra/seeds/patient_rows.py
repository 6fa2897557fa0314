"""Patients as rows: themselves, their numbers and addresses, what they agreed to, their ids in an older system."""

from random import Random

from infra.seeds.ids import Mint
from infra.seeds.patient import Patient, Visit
from infra.seeds.tables import Table
from loyalty.models import Consent, ContactPoint, PatientIdentifier
from loyalty.models import Patient as PatientModel

OLD_SYSTEM = "https://records.example.org/patients"
_LANGUAGES = ("en-US",) * 17 + ("es-US", "es-US", "vi")
_PROGRAMS = ("unknown",) * 14 + ("no",) * 5 + ("yes",)
_SOURCES = ("intake form", "tablet at check-in", "told the front desk", "by phone")
_WORDING = {
    "visits": "You may text me about my visits.",
    "feedback": "You may ask me how my visit was.",
    "marketing": "You may send me news.",
}


class PatientRows:
    def __init__(self, *, rng: Random, mint: Mint, now: int) -> None:
        self._rng = rng
        self._mint = mint
        self._now = now
        self.patients = Table(
            PatientModel,
            "id created_at updated_at record_number given_name family_name preferred_name pronouns birth_year"
            " birth_month birth_day language address city state postal_code preferred_channel no_voicemail"
            " plain_envelope not_at_home no_contact deceased deceased_on federal_program patient_since tags",
        )
        self.contacts = Table(
            ContactPoint, "id created_at updated_at patient_id kind value search label rank do_not_use"
        )
        self.consents = Table(
            Consent, "id created_at updated_at patient_id channel purpose granted decided_at source wording"
        )
        self.identifiers = Table(PatientIdentifier, "id created_at updated_at patient_id system value")

    @property
    def tables(self) -> list[Table]:
        return [self.patients, self.contacts, self.consents, self.identifiers]

    def add(self, patient: Patient) -> None:
        rng, at, town = self._rng, patient.created_at, patient.site.town
        has_address = bool(patient.address)
        self.patients.add(
            patient.id,
            at,
            self._touched(patient),
            f"{patient.number:05}",
            patient.given,
            patient.family,
            patient.preferred,
            patient.pronouns,
            *patient.born,
            rng.choice(_LANGUAGES),
            patient.address,
            town.name if has_address else "",
            town.state if has_address else "",
            patient.postal_code,
            patient.channel,
            patient.no_voicemail,
            patient.plain_envelope,
            patient.not_at_home,
            patient.no_contact,
            patient.deceased_on is not None,
            patient.deceased_on,
            rng.choice(_PROGRAMS),
            _since(patient),
            patient.tags,
        )
        self._contacts(patient)
        self._agreed(patient)
        if patient.visits[0].is_history:
            self.identifiers.add(self._mint.at(at), at, at, patient.id, OLD_SYSTEM, f"P{patient.number:06}")

    def _touched(self, patient: Patient) -> int:
        moments = [visit.completed_at or visit.booked_at for visit in patient.visits]
        return min(self._now, max(patient.created_at, *moments))

    def _contacts(self, patient: Patient) -> None:
        rng, at = self._rng, patient.created_at
        if patient.phone:
            digits = "".join(filter(str.isdigit, patient.phone))
            self.contacts.add(self._mint.at(at), at, at, patient.id, "phone", patient.phone, digits, "mobile", 1, False)
            if rng.random() < 0.08:
                other = patient.site.town.phone(rng)
                label = rng.choice(("home", "work"))
                never = label == "home" and patient.not_at_home
                if other != patient.phone:
                    found = "".join(filter(str.isdigit, other))
                    self.contacts.add(self._mint.at(at), at, at, patient.id, "phone", other, found, label, 2, never)
        if patient.email:
            self.contacts.add(
                self._mint.at(at), at, at, patient.id, "email", patient.email, patient.email, "", 1, False
            )

    def _agreed(self, patient: Patient) -> None:
        rng = self._rng
        if patient.no_contact:
            return
        if patient.phone:
            self._decide(patient, "text", "visits", granted=rng.random() < 0.85)
        if patient.email and rng.random() < 0.7:
            self._decide(patient, "email", "feedback", granted=rng.random() < 0.75)
        if patient.email and rng.random() < 0.25:
            self._decide(patient, "email", "marketing", granted=rng.random() < 0.4)

    def _decide(self, patient: Patient, channel: str, purpose: str, *, granted: bool) -> None:
        rng, at = self._rng, patient.created_at
        source = rng.choice(_SOURCES)
        self.consents.add(
            self._mint.at(at), at, at, patient.id, channel, purpose, granted, at, source, _WORDING[purpose]
        )
        if granted and rng.random() < 0.03:
            later = at + rng.randrange(20, 400) * 86_400
            if later < self._now:
                self.consents.add(
                    self._mint.at(later), later, later, patient.id, channel, purpose, False, later, "reply STOP", ""
                )


def _since(patient: Patient) -> int | None:
    """The first day we know of; None for somebody who has not been here yet."""
    if not patient.is_new:
        return patient.since
    return next((visit.day for visit in patient.visits if came(visit)), None)


def came(visit: Visit) -> bool:
    return visit.completed_at is not None
