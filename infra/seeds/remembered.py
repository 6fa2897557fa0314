"""What the team remembers of people, the days they celebrate, and what was done about those."""

from datetime import date
from random import Random

from core.months import MONTHS
from infra.seeds.house import House
from infra.seeds.ids import Mint
from infra.seeds.local_days import DAY
from infra.seeds.patient import Patient, Visit
from infra.seeds.tables import Table
from infra.seeds.traits import Traits
from infra.seeds.words.memories import FILLERS, OCCASIONS, TEMPLATES, Template
from infra.seeds.words.names import EITHER, MEN, WOMEN
from infra.seeds.words.said import GIFTS
from loyalty.models import Gift, Memory, Occasion, StaffRole, Touchpoint
from loyalty.occasions.honor import LATEST_DAYS

_NAMES = {"girl": WOMEN, "boy": MEN, "kid": (*WOMEN, *MEN, *EITHER), "friend": WOMEN}
_MONTH_DAYS = 30
_YEAR = 365
# Planned so many days ahead, and due some days before, as cards travel.
_LEAD, _DUE = 7, 4
_CELEBRATES = 0.14
_GIVES = 0.12
_FORGOTTEN = 0.02
# Days honored are kept in the story for as long as this.
_LOOKS_BACK = 400


class Remembered:
    """Rows of memories, occasions and gifts."""

    def __init__(
        self, *, house: House, traits: Traits, rng: Random, mint: Mint, missed: Mint, today: int, now: int
    ) -> None:
        """missed: mints the keys of days that went by."""
        self._house = house
        self._traits = traits
        self._rng = rng
        self._mint = mint
        self._missed = missed
        self._today = today
        self._now = now
        self.memories = Table(
            Memory,
            "id created_at updated_at patient_id text part source consented sensitivity expires_on forgotten_at"
            " by_staff_id",
        )
        self.occasions = Table(Occasion, "id created_at updated_at patient_id kind label month day year")
        self.touchpoints = Table(
            Touchpoint,
            "id created_at updated_at patient_id occasion_id rule_id kind channel state day due_at role assigned_to_id"
            " done_at done_by_id",
        )
        self.gifts = Table(
            Gift, "id created_at updated_at patient_id what value_cents given_on given_by_id occasion_id"
        )

    @property
    def tables(self) -> list[Table]:
        return [self.memories, self.occasions, self.touchpoints, self.gifts]

    def add(self, patient: Patient, *, surely: bool = False) -> None:
        """`surely`: something is remembered of this one, whatever the practice's habits are."""
        kept = [visit for visit in patient.visits if visit.completed_at is not None and not visit.is_history]
        self._memories(patient, kept, surely=surely)
        if patient.may_be_contacted and not patient.is_minor:
            self._celebrations(patient, kept)

    # --- Memories ---------------------------------------------------------------------------------------------

    def _memories(self, patient: Patient, kept: list[Visit], *, surely: bool) -> None:
        rng = self._rng
        remembered = rng.random() < self._traits.remembered
        if kept and (remembered or surely):
            how_many = min(len(kept) + 1, rng.choice((1, 1, 2, 2, 3)))
            # What somebody told us today is still in the head, not yet in the book.
            told_at = [visit for visit in kept[-7:] if visit.day < self._today] or kept
            for template in rng.sample(TEMPLATES, how_many):
                self._memory(patient, template, rng.choice(told_at))

    def _memory(self, patient: Patient, template: Template, visit: Visit) -> None:
        rng, at = self._rng, (visit.seen_at or visit.starts_at) + 600
        at = min(at, self._now)
        told = date.fromordinal(visit.day)
        by_desk = not template.clinical and rng.random() < 0.3
        who = self._house.desks[visit.site.id] if by_desk else visit.provider
        told_whom = "the front desk" if by_desk else who.called
        expires = visit.day + template.months * _MONTH_DAYS if template.months else None
        forgotten = at + 40 * DAY if rng.random() < _FORGOTTEN and at + 40 * DAY < self._now else None
        text = "" if forgotten is not None else _filled(template.text, rng)
        source = f"told {told_whom} on {MONTHS[told.month - 1]} {told.day}"
        self.memories.add(
            *(self._mint.at(at), at, forgotten or at, patient.id, text, template.part, source),
            *(rng.random() < 0.8, "clinical" if template.clinical else "team", expires, forgotten, who.id),
        )

    # --- Days to celebrate ------------------------------------------------------------------------------------

    def _celebrations(self, patient: Patient, kept: list[Visit]) -> None:
        if not kept:
            return
        rng, traits = self._rng, self._traits
        if rng.random() < _CELEBRATES * (0.4 + traits.remembered):
            kind, label = rng.choice(OCCASIONS)
            day = date.fromordinal(self._today - rng.randrange(900, 9000))
            at = min(self._now, (kept[0].completed_at or kept[0].starts_at) + 60)
            occasion = self._mint.at(at)
            year = day.year if rng.random() < 0.6 else None
            self.occasions.add(occasion, at, at, patient.id, kind, label, day.month, day.day, year)
            self._honor(patient, kept, month=day.month, day=day.day, occasion=occasion)
        if patient.born[1] is not None and patient.born[2] is not None:
            self._honor(patient, kept, month=patient.born[1], day=patient.born[2], occasion=None)

    def _honor(self, patient: Patient, kept: list[Visit], *, month: int, day: int, occasion: str | None) -> None:
        """The days of the last months, and the one that comes near. Only of people who were here in the year before."""
        for falls in _falls_on(month, day, first=self._today - _LOOKS_BACK, last=self._today + _LEAD):
            known = [visit for visit in kept if visit.day < falls]
            if not known or falls - known[-1].day >= _YEAR:
                continue
            if self._rng.random() < self._traits.occasions_kept:
                self._touch(patient, known[-1], falls, occasion=occasion)
            elif falls < self._today - LATEST_DAYS:
                self._miss(patient, known[-1], falls, occasion=occasion)

    def _touch(self, patient: Patient, last: Visit, falls: int, *, occasion: str | None) -> None:
        rng, days = self._rng, patient.site.days
        channel = "call" if rng.random() < 0.25 else "card"
        worker = last.provider
        made = days.at(falls - _LEAD, 6 * 60)
        due = max(made, days.at(falls - _DUE, 17 * 60))
        done: int | None = days.at(falls - rng.randrange(_DUE - 1, _LEAD), 9 * 60 + rng.randrange(480))
        if done is not None and done > self._now:
            done = None
        if done is None and falls < self._today:
            return
        made = min(made, self._now)
        self.touchpoints.add(
            *(self._mint.at(made), made, done or made, patient.id, occasion, self._house.rules.get("occasion")),
            *("occasion", channel, "planned" if done is None else "done", falls, due, StaffRole.PROVIDER, worker.id),
            *(done, worker.id if done is not None else None),
        )
        if done is not None and rng.random() < _GIVES:
            what, cents = rng.choice(GIFTS)
            self.gifts.add(
                *(self._mint.at(done), done, done, patient.id, what, cents, days.day_of(done), worker.id, occasion)
            )

    def _miss(self, patient: Patient, last: Visit, falls: int, *, occasion: str | None) -> None:
        """It was planned, and the day went by without a word."""
        days = patient.site.days
        made, due = days.at(falls - _LEAD, 6 * 60), days.at(falls - _DUE, 17 * 60)
        self.touchpoints.add(
            *(self._missed.at(made), made, made, patient.id, occasion, self._house.rules.get("occasion")),
            *("occasion", "card", "planned", falls, due, StaffRole.PROVIDER, last.provider.id, None, None),
        )


def _filled(text: str, rng: Random) -> str:
    while "{" in text:
        before, _, rest = text.partition("{")
        slot, _, after = rest.partition("}")
        word = rng.choice(_NAMES[slot] if slot in _NAMES else FILLERS[slot])
        text = f"{before}{word}{after}"
    return text


def _falls_on(month: int, day: int, *, first: int, last: int) -> list[int]:
    """Ordinals from `first` to `last` on which the day falls; 29 February on the 28th where there is none."""
    found = []
    for year in range(date.fromordinal(first).year, date.fromordinal(last).year + 1):
        leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
        falls = date(year, month, 28 if (month, day) == (2, 29) and not leap else day).toordinal()
        if first <= falls <= last:
            found.append(falls)
    return found
