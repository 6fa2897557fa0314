"""Asking for public reviews, and words that patients agreed to have published, of the practice that is shown."""

from random import Random
from uuid import UUID

from infra.seeds.ids import Mint
from infra.seeds.local_days import DAY
from infra.seeds.patient import Patient, Visit
from infra.seeds.tables import Table
from infra.seeds.words.published import NAMES_SOMEBODY, PUBLISHED, WAITING
from loyalty.models import Consent, Message, ReviewAsking, ReviewInvitation, Testimonial
from loyalty.reviews.inviting.draw import is_drawn

_AGREES = 0.55
_SHARE, _EVERY_DAYS, _AFTER_DAYS = 50, 180, 2
_FOLLOWED = 0.22
_LONGEST_AGO = 360
_TEN = 10 * 60
_SUBJECT = "An honest word about us"


class Publicity:
    """template: the id of the email that asks, at its first version. today: an ordinal; now: seconds."""

    def __init__(self, *, rng: Random, mint: Mint, template: str, today: int, now: int) -> None:
        self._rng, self._mint, self._template = rng, mint, template
        self._today, self._now = today, now
        self._signers: list[Patient] = []
        self._salt = f"{rng.getrandbits(128):032x}"
        self.consents = Table(
            Consent, "id created_at updated_at patient_id channel purpose granted decided_at source wording"
        )
        self.messages = Table(
            Message,
            "id created_at updated_at patient_id template_id template_version channel purpose address subject body"
            " state not_before attempts queued_at claimed_at sent_at settled_at",
        )
        self.asking = Table(ReviewAsking, "id created_at updated_at is_on every_days share after_days salt")
        self.invitations = Table(
            ReviewInvitation,
            "id created_at updated_at patient_id visit_id day drawn_at drawn channel message_id opened_at",
        )
        self.testimonials = Table(
            Testimonial,
            "id created_at updated_at patient_id consent_id words rating said_on shown_as shown_name insider place"
            " published_at taken_down_at taken_down_because",
        )

    @property
    def tables(self) -> list[Table]:
        return [self.consents, self.messages, self.asking, self.invitations, self.testimonials]

    def add(self, patient: Patient) -> None:
        """Whether they agree has to do with nothing else, and who is asked with nothing but the draw."""
        visits = [visit for visit in patient.visits if visit.completed_at is not None and not visit.is_history]
        if not visits or not patient.email or not patient.may_be_contacted or patient.is_minor:
            return
        if self._rng.random() < _AGREES:
            agreed = visits[0].booked_at
            wording = "You may email me to ask me for a public review."
            self._consent(patient, "email", "reviews", agreed, source="tablet at check-in", wording=wording)
            self._turns(patient, visits)
        if len(self._signers) < 4 * len(PUBLISHED):
            self._signers.append(patient)

    def add_practice(self, since: int) -> None:
        """How it asks, and the testimonials."""
        self.asking.add(self._mint.at(since), since, since, True, _EVERY_DAYS, _SHARE, _AFTER_DAYS, self._salt)
        if len(self._signers) < len(PUBLISHED):
            return
        signers = self._rng.sample(self._signers, len(PUBLISHED))
        for place, (patient, (words, rating, shown_as, insider)) in enumerate(
            zip(signers, PUBLISHED, strict=True), start=1
        ):
            self._testimonial(patient, words, rating, shown_as, insider, place=place)

    def _turns(self, patient: Patient, visits: list[Visit]) -> None:
        free = 0
        for visit in visits:
            day = visit.day + _AFTER_DAYS
            comes = any(other.day == day for other in patient.visits)
            if comes or day < free or not self._today - _LONGEST_AGO < day < self._today:
                continue
            free = day + _EVERY_DAYS
            at = visit.site.days.at(day, _TEN)
            drawn = is_drawn(salt=self._salt, visit_id=UUID(visit.id), share=_SHARE)
            opened = at + self._rng.randrange(1, 40) * 3600 if drawn and self._rng.random() < _FOLLOWED else None
            self.invitations.add(
                *(self._mint.at(at), at, at, patient.id, visit.id, day, at, drawn, "email"),
                self._message(patient, at) if drawn else None,
                opened if opened is None or opened < self._now else None,
            )

    def _message(self, patient: Patient, at: int) -> str:
        key = self._mint.at(at)
        body = f"Hello {patient.called},\n\nif you like, write an honest word about us, good or bad."
        self.messages.add(
            *(key, at, at, patient.id, self._template, 1, "email", "reviews", patient.email, _SUBJECT, body),
            *("sent", at, 1, at, at, at, at),
        )
        return key

    def _consent(self, patient: Patient, channel: str, purpose: str, at: int, *, source: str, wording: str) -> str:
        key = self._mint.at(at)
        self.consents.add(key, at, at, patient.id, channel, purpose, True, at, source, wording)
        return key

    def _testimonial(
        self, patient: Patient, words: str, rating: int, shown_as: str, insider: str, *, place: int
    ) -> None:
        ago = (len(PUBLISHED) + 1 - place) * 9
        at = patient.site.days.at(self._today - ago, _TEN)
        name = {
            "first_name": patient.called,
            "initials": f"{patient.given[0]}. {patient.family[0]}.",
            "anonymous": "",
        }[shown_as]
        wording = f"These words may be published: “{words}”"
        consent = self._consent(patient, "letter", "testimonial", at, source="signed the form", wording=wording)
        up = at + 2 * DAY if place <= len(PUBLISHED) - WAITING else None
        down = up + DAY if up is not None and place == NAMES_SOMEBODY + 1 else None
        self.testimonials.add(
            *(self._mint.at(at), at, down or up or at, patient.id, consent, words, rating),
            *(self._today - ago, shown_as, name, insider, place),
            *(up, down, "names_somebody" if down is not None else ""),
        )
