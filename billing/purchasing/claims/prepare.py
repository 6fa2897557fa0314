"""What can be claimed of a contract for the periods that end on one day: what members earned, less what was claimed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Max, Sum

from billing.purchasing.models import Accrual, Claim, ClaimLine, Contract, RebateProgram
from billing.purchasing.programs.in_force import rules_on
from billing.purchasing.programs.periods import is_end_of_month
from billing.purchasing.programs.units import units_in_words
from billing.purchasing.rebates.accrue import accrue_period
from core.errors import DomainError
from core.money import Money


@dataclass(frozen=True, slots=True)
class Part:
    """One member's part for one program. cents: of this claim; earned: in all; before: claimed earlier."""

    accrual: Accrual
    earned: int
    before: int

    @property
    def cents(self) -> int:
        return self.earned - self.before

    @property
    def units(self) -> str:
        """What counted of units, in words; "" where the program looks at none."""
        units = self.accrual.base_units
        return "" if units is None else units_in_words(units, self.accrual.version.unit)


@dataclass(frozen=True, slots=True)
class Prepared:
    """number: of the claim that it would be, 1 for the first of its day."""

    contract: Contract
    last: date
    number: int
    parts: Sequence[Part]

    @property
    def total(self) -> Money:
        return Money(sum(part.cents for part in self.parts), self.contract.currency)

    @property
    def members(self) -> int:
        return len({part.accrual.practice_id for part in self.parts})


def prepare(*, contract: Contract, last: date, now: datetime) -> Prepared:
    """Works the accruals out anew first, so that nothing is claimed of yesterday's figures.

    Raises DomainError for a day that ends no month, or has not ended.
    """
    if not is_end_of_month(last):
        raise DomainError("claim_day", "A claim is for the end of a month, such as September 30.", field="last")
    if last >= now.date():
        raise DomainError(
            "claim_early", f"That period ends on {last:%B %-d, %Y}. Claim it when it is over.", field="last"
        )
    programs = list(RebateProgram.objects.filter(contract=contract).select_related("contract"))
    accruals: list[Accrual] = []
    ruling = rules_on(programs, last)
    for program in programs:
        rules = ruling.get(program.pk)
        if rules is not None and rules.period.last == last:
            accrue_period(rules, program, member_id=None, now=now)
            accruals += Accrual.objects.filter(program=program, first=rules.period.first).select_related(
                "practice", "program", "version"
            )
    before = _before(contract, last)
    parts = [Part(one, one.cents, before.get((one.practice_id, one.program_id), 0)) for one in accruals]
    highest = Claim.objects.filter(contract=contract, last=last).aggregate(most=Max("number"))["most"] or 0
    parts.sort(key=lambda part: (part.accrual.practice.name, part.accrual.program.name))
    return Prepared(contract, last, highest + 1, [part for part in parts if part.cents])


def _before(contract: Contract, last: date) -> dict[tuple[UUID, UUID], int]:
    claimed = (
        ClaimLine.objects.filter(claim__contract=contract, last=last)
        .values_list("practice_id", "program_id")
        .annotate(sum=Sum("cents"))
    )
    return {(practice_id, program_id): int(sum) for practice_id, program_id, sum in claimed}
