"""The whole life of one practice, as rows ready to be written. Pure: the same arguments tell the same story."""

from dataclasses import dataclass
from datetime import datetime
from random import Random
from uuid import UUID

from infra.seeds.contact import Contact
from infra.seeds.describe import describe
from infra.seeds.diary import is_closed
from infra.seeds.draw import stream
from infra.seeds.family import Family
from infra.seeds.house import House, furnish_house
from infra.seeds.house_rows import house_tables
from infra.seeds.ids import Mint
from infra.seeds.listening import Listening
from infra.seeds.lives import Lives
from infra.seeds.local_days import seconds_of
from infra.seeds.meeting import meet
from infra.seeds.members import Member
from infra.seeds.outside import Outside
from infra.seeds.paperwork import Paperwork, tag
from infra.seeds.patient import Patient
from infra.seeds.patient_rows import PatientRows
from infra.seeds.people import SignIn
from infra.seeds.publicity import Publicity
from infra.seeds.remembered import Remembered
from infra.seeds.tables import Table
from infra.seeds.tablets import tablet_table
from infra.seeds.this_day import fill_today, unfold_today
from infra.seeds.traits import Traits
from infra.seeds.visit_rows import VisitRows


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """Where and when a story plays. now: up to when it is told. days: how long it is. joined: ordinal of that day."""

    member: Member
    traits: Traits
    seed: int
    now: datetime
    days: int
    joined: int
    sign_ins: tuple[SignIn, ...]
    people: dict[str, UUID]
    rules: dict[str, str]
    templates: dict[str, str]

    def draw(self, chapter: str) -> Random:
        return stream(self.seed, self.member.slug, chapter)

    @property
    def today(self) -> int:
        return self.now.astimezone(self.member.towns[0].zone).toordinal()


def tell(setting: Setting) -> list[Table]:
    """All rows of the practice, parents before children."""
    mint = Mint(setting.draw("keys"))
    house = furnish_house(
        setting.member,
        rng=setting.draw("house"),
        mint=mint,
        since=_opened_at(setting),
        rules=setting.rules,
        sign_ins=setting.sign_ins,
    )
    patients = _live(setting, house, mint)
    family = Family(
        traits=setting.traits,
        rng=setting.draw("family"),
        thanking=setting.draw("thanks"),
        mint=mint,
        now=seconds_of(setting.now),
    )
    _settle(setting, house, patients, mint)
    family.bring_together(patients)
    tablets = tablet_table(house, rng=setting.draw("tablets"), now=seconds_of(setting.now))
    return [*house_tables(house, people=setting.people), tablets, *_rows(setting, house, patients, mint, family)]


def _opened_at(setting: Setting) -> int:
    town = setting.member.towns[0]
    opened = datetime.fromordinal(setting.joined).replace(hour=9, tzinfo=town.zone)
    return seconds_of(opened)


def _live(setting: Setting, house: House, mint: Mint) -> list[Patient]:
    today, now, traits = setting.today, seconds_of(setting.now), setting.traits
    is_shown = setting.member.slug == "aurora"
    also_open = today if is_shown and is_closed(today) else None
    rng = setting.draw("lives")
    lives = Lives(house=house, traits=traits, rng=rng, mint=mint, today=today, now=now, also_open=also_open)
    patients = []
    for patient in meet(house=house, traits=traits, rng=rng, today=today, days=setting.days):
        lives.live(patient)
        if patient.visits:
            patients.append(patient)
    if is_shown:
        fill_today(patients, lives=lives, today=today, rng=rng)
    unfold_today(patients, lives=lives, traits=traits, rng=rng, today=today, now=now)
    return patients


def _settle(setting: Setting, house: House, patients: list[Patient], mint: Mint) -> None:
    """Say who they are, and what was before the practice joined."""
    rng = setting.draw("people")
    for patient in patients:
        for visit in patient.visits:
            visit.is_history = visit.day < setting.joined
        known_before = not patient.is_new or patient.visits[0].is_history
        patient.created_at = house.opened_at if known_before else patient.visits[0].booked_at
        patient.id = mint.at(patient.created_at)
        describe(patient, traits=setting.traits, rng=rng, today=setting.today)


def _rows(setting: Setting, house: House, patients: list[Patient], mint: Mint, family: Family) -> list[Table]:
    traits, today, now = setting.traits, setting.today, seconds_of(setting.now)
    described = PatientRows(rng=setting.draw("patients"), mint=mint, now=now)
    visits = VisitRows(house=house, rng=setting.draw("visits"), mint=mint, now=now)
    listening = Listening(house=house, traits=traits, rng=setting.draw("listening"), mint=mint, now=now)
    contact = Contact(house=house, traits=traits, rng=setting.draw("contact"), mint=mint, now=now)
    remembered = Remembered(
        house=house,
        traits=traits,
        rng=setting.draw("memories"),
        mint=mint,
        missed=Mint(setting.draw("keys of missed days")),
        today=today,
        now=now,
    )
    publicity = Publicity(
        rng=setting.draw("publicity"),
        mint=mint,
        template=setting.templates["Public review (email)"],
        today=today,
        now=now,
    )
    is_shown = setting.member.slug == "aurora"
    outside = Outside(house=house, traits=traits, rng=setting.draw("outside"), mint=mint, today=today, now=now)
    if is_shown:
        tag(patients, rng=setting.draw("tags"))
    for patient in patients:
        described.add(patient)
        visits.add(patient)
        contact.add(patient, unhappy_since=listening.add(patient))
        remembered.add(patient, surely=setting.member.slug == "aurora" and _is_near(patient, today))
        outside.add(patient)
        if is_shown:
            publicity.add(patient)
    outside.add_open()
    paperwork = Paperwork(
        house=house,
        rng=setting.draw("paperwork"),
        mint=Mint(setting.draw("keys of the paperwork")),
        today=today,
        now=now,
        by=setting.people[setting.sign_ins[0].email],
    )
    if is_shown:
        publicity.add_practice(house.opened_at)
        paperwork.add_calls(contact.touchpoints)
        paperwork.add_others(patients)
    order = (described, visits, family, listening)
    # Touchpoints may name an occasion, gifts too.
    return [
        *(table for part in order for table in part.tables),
        *remembered.tables,
        *contact.tables,
        *outside.tables,
        *publicity.tables,
        *paperwork.tables,
    ]


def _is_near(patient: Patient, today: int) -> bool:
    """Was here some days ago, or comes today or tomorrow: on the pages that open first."""
    return any(-4 <= visit.day - today <= 1 for visit in patient.visits)
