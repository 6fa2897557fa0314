"""What happens at the edges: people who ask before they book, and what others read about the practice."""

from random import Random

from infra.seeds.house import House
from infra.seeds.ids import Mint
from infra.seeds.local_days import DAY
from infra.seeds.patient import Patient
from infra.seeds.tables import Table
from infra.seeds.traits import Traits
from infra.seeds.words.answers import REVIEWS_BAD, REVIEWS_GOOD, REVIEWS_MIXED
from infra.seeds.words.names import FAMILIES, WOMEN
from infra.seeds.words.said import CLOSED_BECAUSE, EXPECTS, INQUIRY_CALLS, REPLIES, WANTS, WORRIES
from infra.seeds.working_days import after
from loyalty.models import Inquiry, InquiryCall, Review, ReviewSite
from loyalty.reviews.sites import DEFAULTS

HOUR = 3600
# Where most people write; the others have no review in the story.
_WRITTEN_ON = ("Google", "Google", "Google", "Yelp", "RealSelf")
_ASKED_FOR = frozenset({"Google", "RealSelf"})
FOUND_VIA = ("friend", "friend", "friend", "search", "search", "social", "passed_by", "doctor", "")
_ASKED_FIRST = 0.12
_REVIEWS_PER_VISIT = 0.006
_REPLIED = 0.5


class Outside:
    def __init__(self, *, house: House, traits: Traits, rng: Random, mint: Mint, today: int, now: int) -> None:
        self._house = house
        self._traits = traits
        self._rng = rng
        self._mint = mint
        self._today = today
        self._now = now
        self.inquiries = Table(
            Inquiry,
            "id created_at updated_at name phone email guardian_name found_via referrer_name wants expects worries"
            " location_id asked_at due_at assigned_to_id first_called_at state closed_at closed_because patient_id",
        )
        self.calls = Table(InquiryCall, "id created_at updated_at inquiry_id outcome at by_id notes promised minutes")
        self.sites = Table(ReviewSite, "id created_at updated_at name url own_url policy forbids_asking asking_allowed")
        self.reviews = Table(
            Review,
            "id created_at updated_at site_id patient_id author rating text posted_on reply replied_at external_id",
        )
        self._site_ids: dict[str, str] = {}
        at = house.opened_at
        for name, url, policy, forbids in DEFAULTS:
            self._site_ids[name] = mint.at(at)
            asked = name in _ASKED_FOR
            own_url = f"https://reviews.example.com/{name.lower()}/" if asked else ""
            self.sites.add(self._site_ids[name], at, at, name, url, own_url, policy, forbids, asked)

    @property
    def tables(self) -> list[Table]:
        return [self.inquiries, self.calls, self.sites, self.reviews]

    def add(self, patient: Patient) -> None:
        if patient.is_new and not patient.visits[0].is_history and self._rng.random() < _ASKED_FIRST:
            at = patient.visits[0].booked_at - self._rng.randrange(1, 30) * HOUR
            name = f"{patient.given} {patient.family}"
            self._inquiry(name, patient.phone, patient.email, at, called=patient.visits[0].booked_at, patient=patient)
        for visit in patient.visits:
            if visit.completed_at is not None and not visit.is_history and self._rng.random() < _REVIEWS_PER_VISIT:
                self._review(patient, visit.day + self._rng.randrange(1, 12))

    def add_open(self) -> None:
        """People who asked in the last days and are not patients yet, or never became one."""
        rng = self._rng
        for number in range(rng.randint(3, 7)):
            at = self._now - rng.randrange(2, 150) * HOUR
            called = at + rng.randrange(1, 20) * HOUR
            given, family = rng.choice(WOMEN), rng.choice(FAMILIES)
            # One of them is a girl whose mother asked.
            mother = f"{next(one for one in WOMEN if one != given)} {family}" if number == 0 else ""
            phone = self._house.sites[0].town.phone(rng)
            called_at = called if called < self._now and rng.random() < 0.6 else None
            self._inquiry(f"{given} {family}", phone, "", at, called=called_at, guardian=mother)
        for _ in range(int(20 * rng.random())):
            at = self._now - rng.randrange(20, 700) * DAY
            name = f"{rng.choice(WOMEN)} {rng.choice(FAMILIES)}"
            self._inquiry(name, "", f"asked{rng.randrange(100)}@example.net", at, called=at + DAY, closed=True)

    def _inquiry(
        self,
        name: str,
        phone: str,
        email: str,
        at: int,
        *,
        called: int | None,
        patient: Patient | None = None,
        closed: bool = False,
        guardian: str = "",
    ) -> None:
        rng, site = self._rng, patient.site if patient else self._house.sites[0]
        desk = self._house.desks.get(site.id, self._house.manager)
        state = "became_patient" if patient else "closed" if closed else "called" if called is not None else "open"
        inquiry = self._mint.at(at)
        via = rng.choice(FOUND_VIA)
        due = site.days.at(after(site.days.day_of(called or at), 1), 17 * 60)
        self.inquiries.add(
            *(inquiry, at, called or at, name, phone, email or (f"{inquiry[-6:]}@example.net" if not phone else "")),
            *(guardian, via, f"{rng.choice(WOMEN)} {rng.choice(FAMILIES)}" if via == "friend" else ""),
            *(rng.choice(WANTS), rng.choice(EXPECTS), rng.choice(WORRIES), site.id, at),
            due if state == "open" or (state == "called" and rng.random() < 0.5) else None,
            desk.id if rng.random() < 0.5 else None,
            *(called, state, called if closed else None, rng.choice(CLOSED_BECAUSE) if closed else ""),
            patient.id if patient else None,
        )
        if state == "open" and at + 3 * HOUR < self._now and rng.random() < 0.5:
            tried = at + rng.randrange(1, 3) * HOUR
            self.calls.add(*(self._mint.at(tried), tried, tried, inquiry, "voicemail", tried, desk.id, "", "", 1))
        if called is not None:
            notes, promised = rng.choice(INQUIRY_CALLS)
            self.calls.add(
                *(self._mint.at(called), called, called, inquiry, "reached", called, desk.id, notes, promised),
                rng.randint(4, 14),
            )

    def _review(self, patient: Patient, day: int) -> None:
        if day >= self._today:
            return
        rng = self._rng
        at = patient.site.days.at(day, 12 * 60)
        feeling = self._traits.nps / 100 + 0.4 * patient.mood + 0.4 * rng.gauss(0, 1)
        rating = 5 if feeling > 0.3 else 4 if feeling > -0.1 else 3 if feeling > -0.4 else rng.choice((1, 2))
        texts = REVIEWS_GOOD if rating >= 5 else REVIEWS_MIXED if rating >= 3 else REVIEWS_BAD
        replies = REPLIES if rating >= 4 else REPLIES[2:3]
        answered = at + rng.randrange(1, 6) * DAY
        has_reply = answered < self._now and rng.random() < _REPLIED
        review = self._mint.at(at)
        self.reviews.add(
            *(review, at, answered if has_reply else at, self._site_ids[rng.choice(_WRITTEN_ON)]),
            # Matched by staff where they are sure, which is seldom.
            patient.id if rng.random() < 0.25 else None,
            *(f"{patient.given} {patient.family[0]}.", rating, rng.choice(texts), day),
            rng.choice(replies) if has_reply else "",
            answered if has_reply else None,
            review[-16:],
        )
