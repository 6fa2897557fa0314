"""Who belongs together: couples and siblings under one roof, guardians of the young, and who sent whom."""

from random import Random

from infra.seeds.describe import mail_name
from infra.seeds.ids import Mint
from infra.seeds.local_days import DAY
from infra.seeds.patient import Patient
from infra.seeds.tables import Table
from infra.seeds.traits import Traits
from infra.seeds.words.names import EITHER, MEN, WOMEN
from loyalty.models import Guardianship, Household, HouseholdMember, Referral

_SHARE_OF_HOUSEHOLDS = 0.03
_THANKED = 0.85
_THANKED_WITHIN = (2 * 3600, 21 * DAY)
_RELATIONS = ("spouse", "partner", "sister", "brother", "mother", "daughter")


class Family:
    """Rows of households, guardians and referrals."""

    def __init__(self, *, traits: Traits, rng: Random, thanking: Random, mint: Mint, now: int) -> None:
        self._traits = traits
        self._rng = rng
        self._thanking = thanking
        self._mint = mint
        self._now = now
        self.households = Table(Household, "id created_at updated_at name")
        self.members = Table(HouseholdMember, "id created_at updated_at household_id patient_id relation")
        self.guardians = Table(
            Guardianship, "id created_at updated_at patient_id guardian_id name phone email relation"
        )
        self.referrals = Table(Referral, "id created_at updated_at patient_id referrer_id referrer_name on thanked_at")

    @property
    def tables(self) -> list[Table]:
        return [self.households, self.members, self.guardians, self.referrals]

    def bring_together(self, patients: list[Patient]) -> None:
        """Before the patients are written: who lives together shares name and address."""
        rng = self._rng
        by_site: dict[str, list[Patient]] = {}
        for patient in patients:
            known = by_site.setdefault(patient.site.id, [])
            if known and patient.is_minor:
                self._guard(patient, rng.choice(known))
            elif known and rng.random() < _SHARE_OF_HOUSEHOLDS:
                other = rng.choice(known)
                if other.deceased_on is None and not patient.family.startswith(other.family):
                    self._join(patient, other, rng.choice(_RELATIONS))
            if not patient.is_minor:
                known.append(patient)
            if patient.is_new and len(known) > 1 and rng.random() < self._traits.referred:
                self._refer(patient, rng.choice(known))

    def _join(self, patient: Patient, other: Patient, relation: str) -> None:
        patient.family, patient.address, patient.postal_code = other.family, other.address, other.postal_code
        at = max(patient.created_at, other.created_at)
        household = self._mint.at(at)
        self.households.add(household, at, at, f"The {other.family} household")
        self.members.add(self._mint.at(at), at, at, household, other.id, "")
        self.members.add(self._mint.at(at), at, at, household, patient.id, relation)

    def _guard(self, patient: Patient, adult: Patient) -> None:
        at = patient.created_at
        if self._rng.random() < 0.5 and adult.deceased_on is None:
            self._join(patient, adult, "child")
            self.guardians.add(self._mint.at(at), at, at, patient.id, adult.id, "", "", "", "parent")
            return
        given = self._rng.choice(self._rng.choice((WOMEN, MEN, EITHER)))
        phone = patient.site.town.phone(self._rng)
        email = f"{mail_name(given)}.{mail_name(patient.family)}@example.com"
        name = f"{given} {patient.family}"
        self.guardians.add(self._mint.at(at), at, at, patient.id, None, name, phone, email, "parent")

    def _refer(self, patient: Patient, other: Patient) -> None:
        if other is patient or other.visits[0].day >= patient.visits[0].day:
            return
        at = patient.created_at
        is_patient = self._rng.random() < 0.85
        name = "" if is_patient else f"{self._rng.choice(WOMEN)}, a colleague"
        referrer = other.id if is_patient else None
        thanked = self._thanked(at)
        row = (self._mint.at(at), at, thanked or at, patient.id, referrer, name, patient.visits[0].day, thanked)
        self.referrals.add(*row)

    def _thanked(self, at: int) -> int | None:
        """When whoever sent somebody was told how glad we are: most of them, within weeks."""
        later = at + self._thanking.randrange(*_THANKED_WITHIN)
        is_thanked = self._thanking.random() < _THANKED
        return later if is_thanked and later < self._now else None
