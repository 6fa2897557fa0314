"""Asking and listening: requests, answers, and what was done about the unhappy ones."""

from math import erf, log, sqrt
from random import Random

from infra.seeds.house import House
from infra.seeds.ids import Mint
from infra.seeds.local_days import DAY
from infra.seeds.patient import Patient, Visit
from infra.seeds.tables import Table
from infra.seeds.traits import Traits
from infra.seeds.words.answers import (
    BETTER_MUCH,
    BETTER_SLIGHTLY,
    DONE_ABOUT_IT,
    LIKED,
    LIKED_VERY,
    SAID_IN_THE_CALL,
    THEMES,
    TOLD_THEM,
    WROTE_A_LETTER,
)
from infra.seeds.working_days import after
from loyalty.models import Feedback, FeedbackRequest, Loved, Recovery, RecoveryStep, StaffRole, Touchpoint

HOUR = 3600
_LINKED = 0.4
_LINK_ANSWERED = 0.6
_SAME_MOOD, _OTHER = 0.65, 0.76
_LONG_WAIT, _LOWER = 15, 0.5
# Low scores by how often they are given: 0 to 6.
_LOW = (0, 0, 1, 2, 2, 3, 3, 3, 4, 4, 4, 5, 5, 5, 5, 5, 5, 6, 6, 6, 6, 6, 6, 6)
_SETTLED_AFTER = 40 * DAY
_YEAR = 365 * DAY


class Listening:
    """Rows of feedback and recoveries. The answers scatter around the practice's own score."""

    def __init__(self, *, house: House, traits: Traits, rng: Random, mint: Mint, now: int) -> None:
        self._house = house
        self._traits = traits
        self._rng = rng
        self._mint = mint
        self._now = now
        self.requests = Table(
            FeedbackRequest, "id created_at updated_at patient_id visit_id mode asked_at day is_history"
        )
        self.answers = Table(
            Feedback,
            "id created_at updated_at patient_id visit_id request_id mode score liked better worth elsewhere"
            " answered_at day read_at loved",
        )
        self.recoveries = Table(
            Recovery,
            "id created_at updated_at feedback_id patient_id owner_id due_at first_contact_at done_text"
            " patient_told_at closed_at recovered",
        )
        self.steps = Table(RecoveryStep, "id created_at updated_at recovery_id patient_id kind text at by_id")
        self.calls = Table(
            Touchpoint,
            "id created_at updated_at patient_id visit_id rule_id kind channel state day due_at role done_at done_by_id"
            " minutes",
        )

    @property
    def tables(self) -> list[Table]:
        return [self.requests, self.answers, self.recoveries, self.steps, self.calls]

    def add(self, patient: Patient) -> int | None:
        """Ask after some of the visits. Returns when the first recovery was opened that is still open."""
        if not patient.may_be_contacted or patient.is_minor:
            return None
        open_since: int | None = None
        asked: set[int] = set()
        for visit in patient.visits:
            if visit.is_history or visit.completed_at is None or visit.day in asked:
                continue
            if self._rng.random() < self._traits.asked:
                asked.add(visit.day)
                opened = self._ask(visit, left=visit.completed_at)
                open_since = open_since or opened
        return open_since

    def _ask(self, visit: Visit, *, left: int) -> int | None:
        rng = self._rng
        at = min(self._now, left + rng.randrange(60, 300))
        request = self._request(visit, "kiosk", at)
        if rng.random() < self._traits.answered:
            return self._answer(visit, request, "kiosk", min(self._now, at + rng.randrange(40, 200)))
        at = visit.site.days.at(visit.day + 1, 10 * 60 + rng.randrange(120))
        if visit.patient.email and at < self._now and rng.random() < _LINKED:
            request = self._request(visit, "link", at)
            answered = at + int(rng.expovariate(1 / (20 * HOUR)))
            if rng.random() < self._traits.answered * _LINK_ANSWERED and answered < self._now:
                return self._answer(visit, request, "link", answered)
        return None

    def _request(self, visit: Visit, mode: str, at: int) -> str:
        request = self._mint.at(at)
        day = visit.site.days.day_of(at)
        self.requests.add(request, at, at, visit.patient.id, visit.id, mode, at, day, False)
        return request

    def _answer(self, visit: Visit, request: str, mode: str, at: int) -> int | None:
        rng, patient = self._rng, visit.patient
        feeling = _SAME_MOOD * patient.mood + _OTHER * rng.gauss(0, 1)
        if visit.waited > _LONG_WAIT:
            feeling -= _LOWER
        score = self._score(feeling, at)
        liked, better, themes = self._words(score, visit)
        worth = max(1, min(5, round(4.2 + 0.6 * feeling + rng.gauss(0, 0.5)))) if rng.random() < 0.75 else None
        elsewhere = ""
        if rng.random() < 0.65:
            loyal = rng.random() + 0.1 * feeling
            elsewhere = "no" if loyal > 0.4 else "sometimes" if loyal > 0.08 else "mostly"
        feedback, day = self._mint.at(at), visit.site.days.day_of(at)
        read = at + int(rng.expovariate(1 / (9 * HOUR)))
        self.answers.add(
            *(feedback, at, at, patient.id, visit.id, request, mode, score, liked, better, worth, elsewhere, at, day),
            *((read, themes) if read < self._now else (None, [])),
        )
        return self._recover(visit, feedback, at) if score <= 6 else None

    def _score(self, feeling: float, at: int) -> int:
        rng, traits = self._rng, self._traits
        nps = min(90.0, max(15.0, traits.nps - traits.nps_rise * (self._now - at) / _YEAR))
        # From 22 % detractors at a score of 30 down to 3 % at 85; promoters make up the difference.
        detractors = max(0.02, 0.22 - 0.19 * (nps - 30) / 55)
        place = 0.5 * (1 + erf(feeling / sqrt(2)))
        if place < detractors:
            return rng.choice(_LOW)
        if place < 1 - nps / 100 - detractors:
            return 7 if rng.random() < 0.35 else 8
        return 9 if rng.random() < 0.38 else 10

    def _words(self, score: int, visit: Visit) -> tuple[str, str, list[str]]:
        """What they liked, what could be better, and what is found praised in it, in the order of `Loved`."""
        rng, staff = self._rng, visit.provider.called
        chance, other = rng.random(), rng.random()
        if score >= 9:
            liked = rng.choice(LIKED_VERY) if chance < 0.5 else ""
            better = rng.choice(BETTER_SLIGHTLY) if other < 0.1 else ""
        elif score >= 7:
            liked = rng.choice(LIKED) if chance < 0.35 else ""
            better = rng.choice(BETTER_SLIGHTLY) if other < 0.4 else ""
        else:
            liked = rng.choice(LIKED) if chance < 0.2 else ""
            better = rng.choice(BETTER_MUCH) if other < 0.85 else ""
        themes = [code for code in Loved.values if code in THEMES.get(liked, ())]
        return liked.format(staff=staff), better.format(staff=staff), themes

    # --- The unhappy ------------------------------------------------------------------------------------------

    def _recover(self, visit: Visit, feedback: str, at: int) -> int | None:
        """Write the recovery down; returns `at` if it is still open."""
        rng, days, manager = self._rng, visit.site.days, self._house.manager
        due = days.at(after(days.day_of(at), 1), 17 * 60)
        contact: int | None = at + int(rng.lognormvariate(log(self._traits.recovery_hours), 0.7) * HOUR)
        if contact is not None and (contact > self._now or rng.random() < 0.06):
            contact = None
        closed = contact + int(rng.expovariate(1 / (3 * DAY))) + HOUR if contact is not None else None
        if closed is not None and (closed > self._now or (rng.random() < 0.1 and self._now - at < _SETTLED_AFTER)):
            closed = None
        by_letter = contact is None and self._now - at > _SETTLED_AFTER
        if by_letter:
            # Nobody got through for weeks; somebody wrote a letter in the end.
            contact = at + rng.randrange(10, 30) * DAY
            closed = contact + 2 * DAY
        recovered = rng.random() < 0.72 if closed is not None else None
        touched = closed or contact or at
        recovery, done = self._mint.at(at), rng.choice(DONE_ABOUT_IT) if closed is not None else ""
        self.recoveries.add(
            *(recovery, at, touched, feedback, visit.patient.id, manager.id, due, contact),
            done,
            *(closed, closed, recovered),
        )
        self._step(recovery, visit, "opened", "", at, by=None)
        if contact is not None:
            said = WROTE_A_LETTER if by_letter else SAID_IN_THE_CALL[at % len(SAID_IN_THE_CALL)]
            self._step(recovery, visit, "message" if by_letter else "call", said, contact, by=manager.id)
        if closed is not None:
            self._step(recovery, visit, "told", TOLD_THEM[at % len(TOLD_THEM)], closed, by=manager.id)
            self._step(recovery, visit, "closed", done, closed, by=manager.id)
        state = "done" if contact is not None else "planned"
        self.calls.add(
            *(self._mint.at(at), at, contact or at, visit.patient.id, visit.id, self._house.rules.get("recovery")),
            *("recovery", "call", state, visit.day, due, StaffRole.MANAGER, contact),
            manager.id if contact is not None else None,
            rng.randint(4, 18) if contact is not None else None,
        )
        return at if closed is None else None

    def _step(self, recovery: str, visit: Visit, kind: str, text: str, at: int, *, by: str | None) -> None:
        self.steps.add(self._mint.at(at), at, at, recovery, visit.patient.id, kind, text, at, by)
