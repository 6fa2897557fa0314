from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from billing.purchasing.accrual import Period
from billing.purchasing.models import Claim, ClaimLine, ProgramItem, ProgramTier, RebateProgram
from billing.purchasing.programs.in_force import rules_for
from billing.purchasing.programs.periods import period_of, quarter_of
from billing.purchasing.programs.terms import GivenTier, Terms
from billing.purchasing.programs.write_version import add_version, start_program
from core.errors import DomainError, NotFound
from core.ids import uuid7
from tests.billing.purchasing import selling

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 23)
SPRING = quarter_of(date(2026, 4, 1))


def tiers(*pairs):
    return tuple(GivenTier(Decimal(at), Decimal(rate)) for at, rate in pairs)


TERMS = Terms(
    from_day=date(2026, 1, 1), every="quarter", measured="volume", way="flat",
    tiers=tiers((1_000_000, "0.01"), (2_000_000, "0.02")),
)  # fmt: skip
LATER = replace(TERMS, from_day=date(2027, 1, 1))


@pytest.fixture
def contract(db):
    return selling.contract(selling.vendor())


@pytest.fixture
def program(contract):
    return start_program(contract_id=contract.pk, name="Volume rebate", terms=TERMS)


def change(program, terms=LATER, why="Agreed for 2027.", today=TODAY):
    return add_version(program_id=program.pk, terms=terms, why=why, today=today)


def refusal(code, field, act):
    with pytest.raises(DomainError) as refused:
        act()
    assert (refused.value.code, refused.value.field) == (code, field)
    return refused.value.message


def test_a_program_says_what_was_given(program):
    rules = rules_for(program, SPRING)
    assert rules is not None
    assert rules.schedule == TERMS.schedule()
    assert (rules.version.number, rules.measured, rules.covers, rules.item_ids) == (1, "volume", "catalog", frozenset())


@pytest.mark.parametrize(
    ("given", "code", "field"),
    [
        ({"every": "week"}, "program_every_unknown", "every"),
        ({"measured": "luck"}, "program_measured_unknown", "measured"),
        ({"way": "steep"}, "program_way_unknown", "way"),
        ({"covers": "half"}, "program_covers_unknown", "covers"),
        ({"from_day": date(2026, 2, 2)}, "program_begins_amid", "from_day"),
        ({"every": "year", "from_day": date(2026, 5, 31)}, "program_begins_amid", "from_day"),
        ({"from_day": date(2024, 10, 1)}, "outside_the_contract", "from_day"),
        ({"covers": "listed"}, "program_covers_nothing", "item_ids"),
        ({"cap": 0}, "program_cap_none", "cap"),
        ({"measured": "volume", "way": "increase"}, "program_increase_of_growth", "way"),
        ({"measured": "group", "way": "marginal"}, "program_group_is_flat", "way"),
        ({"counted": "crates"}, "program_counted_unknown", "counted"),
        ({"pays": "thanks"}, "program_pays_unknown", "pays"),
        ({"pays": "once", "way": "marginal"}, "program_once_is_flat", "way"),
        ({"pays": "once", "way": "increase", "measured": "growth"}, "program_once_is_flat", "way"),
        ({"pays": "once", "measured": "group"}, "program_once_of_own", "pays"),
        ({"pays": "once", "measured": "trailing"}, "program_once_of_own", "pays"),
        ({"counted": "units", "measured": "group"}, "program_group_in_money", "counted"),
        ({"counted": "units", "way": "marginal"}, "program_parts_differ", "way"),
        ({"pays": "each", "way": "increase", "measured": "growth"}, "program_parts_differ", "way"),
        ({"pays": "each", "covers": "everything"}, "program_units_of_items", "covers"),
        ({"counted": "units", "covers": "everything"}, "program_units_of_items", "covers"),
        ({"pays": "each", "tiers": tiers((5, "-1"))}, "program_tiers_senseless", "tiers"),
        ({"pays": "each", "tiers": tiers((5, "0.12345"))}, "program_tier_fine", "tiers"),
        ({"pays": "once", "tiers": tiers((5, "0.5"))}, "program_tier_fine", "tiers"),
        ({"pays": "once", "tiers": tiers((5, 10**13))}, "program_tier_fine", "tiers"),
        ({"counted": "units", "tiers": tiers(("0.5", "0.1"))}, "program_tier_fine", "tiers"),
        ({"tiers": ()}, "program_tiers_senseless", "tiers"),
        ({"tiers": tiers((5, "0.1"), (5, "0.2"))}, "program_tiers_senseless", "tiers"),
        ({"tiers": tiers((5, "1.01"))}, "program_tiers_senseless", "tiers"),
        ({"tiers": tiers((-1, "0.1"))}, "program_tiers_senseless", "tiers"),
        ({"tiers": tiers(("0.5", "0.1"))}, "program_tier_fine", "tiers"),
        ({"tiers": tiers((5, "0.123456789"))}, "program_tier_fine", "tiers"),
        ({"tiers": tiers(*((at, "0.1") for at in range(13)))}, "program_tiers_many", "tiers"),
    ],
)
def test_what_is_no_program_is_told_by_its_field(contract, given, code, field):
    refusal(code, field, lambda: start_program(contract_id=contract.pk, name="P", terms=replace(TERMS, **given)))
    assert not RebateProgram.objects.exists()


def test_a_name_that_is_taken_becomes_a_sentence(program, contract):
    refusal("program_exists", "name", lambda: start_program(contract_id=contract.pk, name="Volume rebate", terms=TERMS))
    refusal("name_missing", "name", lambda: start_program(contract_id=contract.pk, name="", terms=TERMS))


def test_it_names_items_of_its_own_vendor_only(contract):
    own, other = selling.item(contract.vendor), selling.item(selling.vendor("Other"))
    with pytest.raises(NotFound):
        start_program(contract_id=contract.pk, name="P", terms=replace(TERMS, item_ids=frozenset([own.pk, other.pk])))
    assert not RebateProgram.objects.exists()
    start_program(contract_id=contract.pk, name="P", terms=replace(TERMS, item_ids=frozenset([own.pk])))
    assert ProgramItem.objects.get().item == own


def test_a_version_holds_from_its_day_and_changes_nothing_before(program):
    version = change(program, replace(LATER, tiers=tiers((500_000, "0.05"))))
    before, after = rules_for(program, SPRING), rules_for(program, quarter_of(date(2027, 2, 1)))
    assert (version.number, version.why) == (2, "Agreed for 2027.")
    assert (before.version.number, after.version.number) == (1, 2)
    assert ProgramTier.objects.count() == 3


def test_a_version_says_why(program):
    refusal("why_missing", "why", lambda: change(program, why=" "))


def test_what_has_ended_stays_and_what_runs_can_be_mended(program):
    refusal("program_of_the_past", "from_day", lambda: change(program, replace(TERMS, from_day=date(2026, 7, 1))))
    change(program, replace(TERMS, from_day=date(2026, 10, 1)), why="Typed wrong.")


def test_what_has_ended_is_not_made_part_of_a_longer_period(program):
    years = replace(TERMS, every="year", from_day=date(2026, 7, 1))
    refusal("program_of_the_past", "from_day", lambda: change(program, years, why="Years now."))
    change(program, replace(years, from_day=date(2026, 10, 1)), why="Years now.")


def test_under_an_unsigned_contract_any_period_can_be_mended():
    unsigned = selling.contract(selling.vendor("Drafty"), signed=False)
    program = start_program(contract_id=unsigned.pk, name="P", terms=TERMS)
    assert change(program, TERMS, why="Typed wrong.").number == 2


def test_a_period_that_was_claimed_keeps_its_rules(program, aurora, now):
    """The guard is the database's: the action alone would let a running period be mended."""
    claim(program, aurora, now)
    message = refusal(
        "period_claimed", "from_day", lambda: change(program, replace(TERMS, from_day=date(2026, 10, 1)), why="Late.")
    )
    assert "Choose a period to come" in message
    assert program.versions.count() == 1
    change(program)


def test_the_years_of_a_contract_begin_with_the_quarter_that_it_says(contract):
    years = replace(TERMS, every="year", from_day=date(2026, 7, 1))
    program = start_program(contract_id=contract.pk, name="P", terms=years)
    first = Period(date(2026, 7, 1), date(2027, 6, 30))
    assert rules_for(program, first).period == first
    assert rules_for(program, period_of("year", date(2026, 7, 1))) is None
    refusal("program_amid_a_period", "from_day", lambda: change(program, replace(years, from_day=date(2027, 1, 1))))
    change(program, replace(TERMS, from_day=date(2027, 7, 1)))
    assert rules_for(program, quarter_of(date(2027, 7, 1))).version.number == 2


def test_the_database_lets_nothing_begin_within_a_period(contract):
    program = start_program(contract_id=contract.pk, name="P", terms=replace(TERMS, every="year"))
    (first,) = program.versions.all()
    for number, every, day in (
        (2, "quarter", date(2027, 4, 1)),
        (3, "year", date(2025, 7, 1)),
        (4, "half", date(2025, 8, 1)),
    ):
        first.pk, first.number, first.every, first.from_day, first.why = uuid7(), number, every, day, "Tried."
        with pytest.raises(IntegrityError, match="within a period"), transaction.atomic():
            first.save(force_insert=True)
    assert program.versions.count() == 1


@pytest.mark.parametrize(
    ("said", "held"),
    [
        ({"way": "marginal", "pays": "once"}, "program_version_parts_of_one_quantity"),
        ({"way": "marginal", "counted": "units", "unit": "vial"}, "program_version_parts_of_one_quantity"),
        ({"measured": "group", "pays": "once"}, "program_version_once_of_own_period"),
        ({"measured": "group", "counted": "units", "unit": "vial"}, "program_version_group_in_money"),
        ({"pays": "each"}, "program_version_units_of_items"),
        ({"pays": "each", "unit": "vial", "covers": "everything"}, "program_version_units_of_items"),
        ({"unit": "vial"}, "program_version_units_of_items"),
        ({"counted": "crates"}, "program_version_counted_known"),
        ({"pays": "thanks"}, "program_version_pays_known"),
        ({"from_day": date(2026, 1, 2)}, "program_version_begins_with_a_month"),
        ({"every": "week"}, "program_version_every_known"),
    ],
)
def test_the_database_holds_what_a_version_may_say(contract, said, held):
    with pytest.raises(IntegrityError, match=held), transaction.atomic():
        selling.version(selling.program(contract), tiers=(), **said)


def test_the_database_holds_that_a_tier_pays_as_its_version(contract):
    program = selling.program(contract)
    shares, sums = selling.version(program, tiers=()), selling.version(program, 2, tiers=(), pays="each", unit="vial")
    for version, pays in (
        (shares, {"sum": 5}), (sums, {"rate": "0.1"}), (shares, {}), (sums, {"rate": "0.1", "sum": 5}),
        (sums, {"sum": -1}), (shares, {"rate": "1.1"}),
    ):  # fmt: skip
        with pytest.raises(IntegrityError, match=r"pays otherwise|program_tier_possible"), transaction.atomic():
            ProgramTier.objects.create(version=version, place=0, at=1, **pays)
    ProgramTier.objects.create(version=shares, place=0, at=1, rate="0.1")
    ProgramTier.objects.create(version=sums, place=0, at=1, sum="12.5")


def test_a_unit_is_called_what_the_catalog_calls_it_then(contract):
    vial, syringe = selling.item(contract.vendor), selling.item(contract.vendor, "S-1", unit="Syringe")
    each = replace(TERMS, pays="each", tiers=tiers((0, 1_000)))

    def unit(**terms):
        said = replace(each, **terms)
        return start_program(contract_id=contract.pk, name=f"P {sorted(terms)}", terms=said).versions.get().unit

    assert unit(covers="listed", item_ids=frozenset([syringe.pk])) == "syringe"
    assert unit() == "unit"
    assert unit(item_ids=frozenset([vial.pk])) == "syringe"
    assert unit(pays="share", tiers=TERMS.tiers) == ""


def test_a_program_of_years_turns_to_quarters_with_a_year_only(contract):
    years = replace(TERMS, every="year")
    program = start_program(contract_id=contract.pk, name="P", terms=years)
    refusal("program_amid_a_period", "from_day", lambda: change(program, replace(TERMS, from_day=date(2027, 4, 1))))
    change(program, LATER)
    change(program, replace(TERMS, from_day=date(2027, 4, 1)))
    # Put back to years from the same January, the quarters after it would count twice.
    refusal("program_amid_a_period", "from_day", lambda: change(program, replace(years, from_day=date(2027, 1, 1))))


@pytest.mark.parametrize(
    ("every", "cuts", "meets", "says"),
    [
        ("half", date(2026, 7, 1), date(2027, 4, 1), "April 1 and October 1"),
        ("quarter", date(2027, 2, 1), date(2027, 4, 1), "January 1, April 1, July 1 and October 1"),
        ("year", date(2027, 4, 1), date(2027, 10, 1), "October 1"),
    ],
)
def test_a_program_changes_where_one_of_its_periods_ends(contract, every, cuts, meets, says):
    program = start_program(
        contract_id=contract.pk, name="P", terms=replace(TERMS, every=every, from_day=date(2025, 10, 1))
    )
    message = refusal(
        "program_amid_a_period",
        "from_day",
        lambda: change(program, replace(TERMS, from_day=cuts), today=date(2026, 1, 5)),
    )
    assert f"It can change on {says} only." in message
    change(program, replace(TERMS, every="month", from_day=meets))
    assert rules_for(program, Period(meets, period_of("month", meets).last)).version.number == 2


def test_months_change_with_any_month(contract):
    program = start_program(contract_id=contract.pk, name="P", terms=replace(TERMS, every="month"))
    change(program, replace(TERMS, from_day=date(2026, 12, 1)))
    assert rules_for(program, period_of("quarter", date(2026, 12, 1), month=12)).version.number == 2


def test_what_is_not_there_is_not_found():
    with pytest.raises(NotFound):
        start_program(contract_id=uuid7(), name="P", terms=TERMS)
    with pytest.raises(NotFound):
        add_version(program_id=uuid7(), terms=LATER, why="None.", today=TODAY)


def claim(program, aurora, now):
    sent = Claim.objects.create(
        contract=program.contract, last=date(2026, 12, 31), number=1, minor=5, currency="USD", due_on=TODAY, sent_at=now
    )
    ClaimLine.objects.create(
        claim=sent, practice_id=aurora.id, program=program, version=program.versions.get(), first=date(2026, 10, 1),
        last=date(2026, 12, 31), base_minor=100, cents=5,
    )  # fmt: skip
