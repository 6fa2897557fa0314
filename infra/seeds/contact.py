"""Human contact: previews before visits, handwritten notes after them, calls to those who did not come.

Whether a note was written depends on the practice alone, never on what the patient does afterwards.
"""

from math import log
from random import Random

from infra.seeds.house import House, Worker
from infra.seeds.ids import Mint
from infra.seeds.local_days import DAY
from infra.seeds.patient import Fate, Patient, Visit
from infra.seeds.tables import Table
from infra.seeds.traits import Traits
from infra.seeds.words.said import PREVIEW_OUTCOMES, SKIPPED_BECAUSE
from infra.seeds.working_days import before
from loyalty.models import Promise, StaffRole, Touchpoint, TouchpointState

HOUR = 3600
_NOTE_DUE = 48 * HOUR
_SPREAD = 0.6
_YEAR = 365 * DAY
# Undone notes older than this are not in the queue any more.
_FORGOTTEN_AFTER = 6 * DAY
_PROMISES = (
    "Out by {time}.",
    "A room with the window open.",
    "{staff} explains every step before starting.",
    "No waiting: shown to the room on arrival.",
    "The price as it was told on the phone.",
    "Time for all questions before anything begins.",
    "A call the next morning to ask how it is.",
)


class Contact:
    """Rows of touchpoints and promises."""

    def __init__(self, *, house: House, traits: Traits, rng: Random, mint: Mint, now: int) -> None:
        self._house = house
        self._traits = traits
        self._rng = rng
        self._mint = mint
        self._now = now
        self.touchpoints = Table(
            Touchpoint,
            "id created_at updated_at patient_id visit_id occasion_id rule_id kind channel state day due_at role"
            " assigned_to_id done_at done_by_id outcome minutes cost_cents",
        )
        self.promises = Table(Promise, "id created_at updated_at visit_id text made_at made_by_id kept answered_at")

    @property
    def tables(self) -> list[Table]:
        return [self.touchpoints, self.promises]

    def add(self, patient: Patient, *, unhappy_since: int | None) -> None:
        """`unhappy_since`: when a recovery was opened that is still open: no thank-you goes out until it is closed."""
        if not patient.may_be_contacted:
            return
        thanked: set[int] = set()
        for visit in patient.visits:
            if visit.is_history:
                continue
            if self._traits.makes_previews and not visit.walked_in:
                self._preview(visit)
            if self._traits.writes_notes and visit.completed_at is not None and visit.day not in thanked:
                thanked.add(visit.day)
                self._note(visit, unhappy_since=unhappy_since)
            if visit.fate == Fate.MISSED:
                self._ask_after(visit)

    # --- Before -----------------------------------------------------------------------------------------------

    def _preview(self, visit: Visit) -> None:
        rng = self._rng
        due = max(visit.booked_at, visit.site.days.at(before(visit.day, 2), 17 * 60))
        made = min(due - int(rng.random() * 20 * HOUR), visit.starts_at - HOUR)
        made = max(made, visit.booked_at + 120)
        desk = self._house.desks[visit.site.id]
        channel = visit.patient.channel or "call"
        if rng.random() < self._traits.previewed and made < min(self._now, visit.starts_at):
            if visit.cancelled_at is not None and visit.cancelled_at <= made:
                return
            minutes = rng.randint(3, 9) if channel == "call" else 2
            said = rng.choice(PREVIEW_OUTCOMES) if channel == "call" else ""
            self._row(visit, "preview", channel, "done", due=due, worker=desk, done=made, outcome=said, minutes=minutes)
            if rng.random() < self._traits.promises:
                self._promise(visit, made=made, worker=desk)
        elif visit.fate == Fate.OPEN and visit.starts_at > self._now:
            self._row(visit, "preview", channel, "planned", due=due, worker=desk)
        elif visit.fate == Fate.CANCELLED and visit.cancelled_at is not None and visit.cancelled_at < due:
            self._row(visit, "preview", channel, "cancelled", due=due, worker=desk)

    def _promise(self, visit: Visit, *, made: int, worker: Worker) -> None:
        rng = self._rng
        kept, answered = "", None
        if visit.completed_at is not None and rng.random() < 0.85:
            chance = rng.random()
            kept = "yes" if chance < 0.88 else "partly" if chance < 0.96 else "no"
            answered = min(self._now, visit.completed_at + rng.randrange(60, 600))
        hour, minute = divmod(visit.minute + visit.minutes + 15, 60)
        text = rng.choice(_PROMISES).format(time=f"{hour % 12 or 12}:{minute:02}", staff=visit.provider.called)
        self.promises.add(self._mint.at(made), made, answered or made, visit.id, text, made, worker.id, kept, answered)

    # --- After ------------------------------------------------------------------------------------------------

    def _note(self, visit: Visit, *, unhappy_since: int | None) -> None:
        rng, left = self._rng, visit.completed_at or 0
        due = left + _NOTE_DUE
        delay = rng.lognormvariate(log(self._traits.note_hours), _SPREAD) * HOUR
        years = (self._now - left) / _YEAR
        writes = rng.random() < self._traits.noted * (1 - self._traits.noted_rise * years)
        done = self._by_day(visit, left + max(900, int(delay)))
        if unhappy_since is not None and done > unhappy_since:
            self._row(visit, "note", "card", "held", due=due, worker=visit.provider)
        elif writes and done < self._now:
            minutes, cents = rng.randint(2, 5), rng.choice((155, 168, 180, 210))
            self._row(
                *(visit, "note", "card", "done"),
                due=due,
                worker=visit.provider,
                done=done,
                minutes=minutes,
                cents=cents,
            )
        elif self._now - left > _FORGOTTEN_AFTER:
            if rng.random() < 0.2:
                why = rng.choice(SKIPPED_BECAUSE)
                self._row(visit, "note", "card", "skipped", due=due, worker=visit.provider, outcome=why)
        elif writes or self._now < due or rng.random() < 0.3:
            self._row(visit, "note", "card", "planned", due=due, worker=visit.provider)

    def _by_day(self, visit: Visit, moment: int) -> int:
        """Nobody writes cards between ten at night and seven in the morning: they do it after breakfast."""
        days = visit.site.days
        day = days.day_of(moment)
        if moment < days.at(day, 7 * 60):
            return moment + 8 * HOUR
        return moment + 10 * HOUR if moment > days.at(day, 22 * 60) else moment

    def _ask_after(self, visit: Visit) -> None:
        desk = self._house.desks[visit.site.id]
        due = visit.site.days.at(visit.day + 1, 17 * 60)
        called = visit.site.days.at(visit.day + 1, 10 * 60 + self._rng.randrange(300))
        if called < self._now and self._rng.random() < 0.75:
            said = self._rng.choice(("Forgot; sorry.", "Ill child at home.", "Stuck in traffic.", "Will call back."))
            self._row(visit, "check_in", "call", "done", due=due, worker=desk, done=called, outcome=said, minutes=3)
        elif called >= self._now:
            self._row(visit, "check_in", "call", "planned", due=due, worker=desk)

    def _row(
        self,
        visit: Visit,
        kind: str,
        channel: str,
        state: str,
        *,
        due: int,
        worker: Worker,
        done: int | None = None,
        outcome: str = "",
        minutes: int | None = None,
        cents: int | None = None,
    ) -> None:
        made = visit.completed_at or visit.booked_at if kind != "preview" else visit.booked_at
        if kind == "check_in":
            made = min(self._now, visit.starts_at + HOUR)
        is_provider = worker.role == StaffRole.PROVIDER
        self.touchpoints.add(
            self._mint.at(made),
            made,
            done or made,
            visit.patient.id,
            visit.id,
            None,
            self._house.rules.get(kind),
            kind,
            channel,
            TouchpointState(state),
            visit.day,
            due,
            worker.role,
            worker.id if is_provider else None,
            done,
            worker.id if done is not None else None,
            outcome,
            minutes,
            cents,
        )
