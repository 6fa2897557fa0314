"""The rebate programs of a contract, with all that their versions say."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from billing.purchasing.models import ProgramVersion, RebateProgram
from core.errors import NotFound


def programs_of(contracts: Iterable[UUID]) -> QuerySet[RebateProgram]:
    """By name, with `versions`, their tiers and their items, in a constant number of statements."""
    return _whole().filter(contract__in=list(contracts))


def one_program(program_id: UUID) -> RebateProgram:
    """With its contract and vendor. Raises NotFound."""
    program = _whole().filter(pk=program_id).first()
    if program is None:
        raise NotFound("program_missing", "There is no such rebate program.")
    return program


def version_on(program: RebateProgram, day: date) -> ProgramVersion | None:
    """The one that rules the period that `day` is in, signed or not; of `programs_of` it asks nothing more."""
    begun = [one for one in program.versions.all() if one.from_day <= day]
    return max(begun, key=lambda one: (one.from_day, one.number), default=None)


def _whole() -> QuerySet[RebateProgram]:
    versions = ProgramVersion.objects.order_by("from_day", "number").prefetch_related("tiers", "items__item")
    return RebateProgram.objects.select_related("contract__vendor").prefetch_related(Prefetch("versions", versions))
