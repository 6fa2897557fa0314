"""What members earned so far is worked out anew from what they bought. The same lines always give the same cents."""

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from django.db import transaction

from billing.purchasing.accrual import Earned, Measured, earn
from billing.purchasing.models import Accrual, Contract, RebateProgram
from billing.purchasing.programs.in_force import Rules, rules_between
from billing.purchasing.programs.periods import earliest_around
from billing.purchasing.rebates.gather import Bought, counting, gather, on_contract
from billing.purchasing.rebates.group import keep_total, to_next
from billing.purchasing.schedule import Counted

NOTHING = Bought()


def accrue_since(since: date, *, vendor_id: UUID | None = None, member_id: UUID | None = None, now: datetime) -> int:
    """Work out every period from the one that `since` is in until the one of `now`, of one vendor's programs or of all.

    member_id: whose lines changed; None: anybody's. Returns how many accruals were written. Runs in the control plane.
    """
    contracts = Contract.objects.filter(signed_on__isnull=False, begins_on__lte=now.date())
    if vendor_id:
        contracts = contracts.filter(vendor=vendor_id)
    programs = list(RebateProgram.objects.filter(contract__in=contracts).select_related("contract"))
    by_id = {program.pk: program for program in programs}
    written = 0
    earliest = earliest_around(since)
    begun: dict[UUID, list[date]] = {program_id: [] for program_id in by_id}
    for rules in rules_between(programs, earliest, now.date()):
        program = by_id[rules.version.program_id]
        first, last = on_contract(rules.period, program.contract)
        if first <= last:
            begun[program.pk].append(rules.period.first)
            written += accrue_period(rules, program, member_id=member_id, now=now)
    for program_id, firsts in begun.items():
        # What was worked out of periods that are none any more: a running version was mended to longer ones, or the
        # contract has ended before.
        Accrual.objects.filter(program=program_id, first__range=(earliest, now.date())).exclude(
            first__in=firsts
        ).delete()
    return written


def accrue_period(rules: Rules, program: RebateProgram, *, member_id: UUID | None, now: datetime) -> int:
    """One program, one period. Returns how many accruals were written."""
    first, last = on_contract(rules.period, program.contract)
    if first > last:
        return 0
    with transaction.atomic():
        # One at a time: whoever comes second sees what the first one gathered from, and more.
        RebateProgram.objects.select_for_update().get(pk=program.pk)
        gathered = gather(rules, program.contract, member_id=member_id)
        group_next: int | None = None
        if rules.measured is Measured.GROUP:
            which = counting(rules, program.contract)
            group_next = to_next(rules, keep_total(rules, gathered, which, first=first, last=last, now=now))
        found = Accrual.objects.filter(program=program, first=rules.period.first)
        whose = gathered.members
        if member_id and rules.measured is not Measured.GROUP:
            found = found.filter(practice=member_id)
            whose &= {member_id}
        rows = [
            _row(
                one,
                earn(
                    gathered.bases.get(one, NOTHING).minor,
                    units=gathered.bases.get(one, NOTHING).units,
                    schedule=rules.schedule,
                    measured=rules.measured,
                    reach=gathered.reach(one),
                ),
                rules,
                group_next,
                now,
            )
            for one in sorted(whose | set(found.values_list("practice_id", flat=True)))
        ]
        Accrual.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["practice", "program", "first"],
            update_fields=[
                "version", "last", "base_minor", "base_units", "tier", "cents", "to_next_minor", "to_next_units",
                "computed_at", "updated_at",
            ],
        )  # fmt: skip
    return len(rows)


def _row(member_id: UUID, earned: Earned, rules: Rules, group_next: int | None, now: datetime) -> Accrual:
    to_next = group_next if rules.measured is Measured.GROUP else earned.to_next
    in_units = rules.schedule.counted is Counted.UNITS
    return Accrual(
        practice_id=member_id,
        program_id=rules.version.program_id,
        version=rules.version,
        first=rules.period.first,
        last=rules.period.last,
        base_minor=earned.base,
        tier=earned.tier,
        cents=earned.cents,
        to_next_minor=None if in_units else to_next,
        base_units=_decimal(earned.units) if rules.schedule.needs_units else None,
        to_next_units=to_next if in_units else None,
        computed_at=now,
    )


def _decimal(units: Fraction | int) -> Decimal:
    """Exactly: lines have four digits behind the point, and so have their sums."""
    exact = Fraction(units)
    return Decimal(exact.numerator) / Decimal(exact.denominator)
