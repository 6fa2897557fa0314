"""A rebate program is started, and later says something else from a period on. What it said before stays readable."""

import itertools
from datetime import date
from uuid import UUID

from django.db import transaction

from billing.purchasing.contracts.listed import locked_contract
from billing.purchasing.models import Contract, Every, Item, ProgramItem, ProgramTier, ProgramVersion, RebateProgram
from billing.purchasing.programs.periods import period_of
from billing.purchasing.programs.terms import Terms, checked
from billing.purchasing.sentences import refusals
from billing.purchasing.words import needed
from core import audit
from core.errors import Conflict, DomainError, NotFound

_REFUSED = {
    "program_named_once": Conflict("program_exists", "This contract has a program of that name already.", field="name"),
    "program_version_of_time_to_come": Conflict(
        "period_claimed",
        "Rebates of that period, or of a later one, were claimed from the vendor by what the program says now. Choose a"
        " period to come.",
        field="from_day",
    ),
    "program_version_once": Conflict("version_exists", "Somebody wrote a version just now. Look at it first."),
}


def start_program(*, contract_id: UUID, name: str, terms: Terms) -> RebateProgram:
    """The program with its first version.

    Raises DomainError for a field, Conflict program_exists, NotFound for a contract or an item.
    """
    named = needed(name, what="The name", field="name", most=120)
    checked(terms)
    with refusals(_REFUSED):
        contract = locked_contract(contract_id)
        _check_days(contract, terms)
        program = RebateProgram.objects.create(contract=contract, name=named)
        _write(program, 1, terms, why="")
        audit.record("rebate_program.started", subject=program, detail={"contract": contract.pk})
    return program


def add_version(*, program_id: UUID, terms: Terms, why: str, today: date) -> ProgramVersion:
    """why: what changes, and for which reason. It holds from a period to come; a running one is changed to mend what
    was written down wrong, unless it was claimed (the database holds that); what has ended never is.

    Raises DomainError for a field, Conflict period_claimed, NotFound.
    """
    reason = needed(why, what="The reason", field="why", most=200)
    checked(terms)
    with refusals(_REFUSED):
        # The contract's lock orders two who change one program at once.
        found = RebateProgram.objects.filter(pk=program_id).values_list("contract_id", flat=True).first()
        if found is None:
            raise NotFound("program_missing", "There is no such rebate program.")
        contract = locked_contract(found)
        program = RebateProgram.objects.get(pk=program_id)
        if (
            contract.signed_on is not None
            and terms.from_day < period_of(terms.every, today, month=terms.from_day.month).first
        ):
            raise DomainError(
                "program_of_the_past",
                "That period is over. What was earned in it stays: choose a period to come.",
                field="from_day",
            )
        _check_days(contract, terms)
        said = list(program.versions.order_by("from_day", "number"))
        _check_spans(said, terms)
        version = _write(program, max(one.number for one in said) + 1, terms, why=reason)
        audit.record(
            "rebate_program.changed",
            subject=program,
            detail={"version": version.number, "from": terms.from_day.isoformat()},
        )
    return version


def _check_days(contract: Contract, terms: Terms) -> None:
    if terms.from_day < period_of(terms.every, contract.begins_on, month=terms.from_day.month).first:
        raise DomainError("outside_the_contract", "The contract begins later than that period ends.", field="from_day")
    if contract.ends_on is not None and terms.from_day > contract.ends_on:
        raise DomainError("outside_the_contract", "The contract has ended by then.", field="from_day")


def _check_spans(said: list[ProgramVersion], terms: Terms) -> None:
    """A version that took over within a year of another would count its purchases twice. The database holds it, too;
    here it is told with the day on which it can change.
    """
    timeline = sorted(
        [*((one.from_day, one.number, one.every) for one in said), (terms.from_day, len(said) + 1, terms.every)]
    )
    by_day = {day: every for day, _, every in timeline}
    days = sorted(by_day)
    for before, day in itertools.pairwise(days):
        if by_day[before] == Every.YEAR and day.month != before.month:
            raise DomainError(
                "program_amid_a_year",
                f"Its years begin on {before:%B} 1, so it can change on {before:%B} 1 only.",
                field="from_day",
            )


def _write(program: RebateProgram, number: int, terms: Terms, *, why: str) -> ProgramVersion:
    items = Item.objects.filter(vendor=program.contract.vendor_id, pk__in=terms.item_ids)
    if items.count() != len(terms.item_ids):
        raise NotFound("item_missing", "This vendor has no such item.")
    with transaction.atomic():
        version = ProgramVersion.objects.create(
            program=program,
            number=number,
            from_day=terms.from_day,
            every=terms.every,
            measured=terms.measured,
            way=terms.way,
            cap_minor=terms.cap,
            covers=terms.covers,
            why=why,
        )
        ProgramTier.objects.bulk_create(
            ProgramTier(version=version, place=place, at=tier.at, rate=tier.rate)
            for place, tier in enumerate(terms.tiers)
        )
        ProgramItem.objects.bulk_create(ProgramItem(version=version, item=item) for item in items)
    return version
