"""A rebate program is started, and later says something else from a period on. What it said before stays readable."""

import itertools
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import transaction

from billing.purchasing.accrual import Period
from billing.purchasing.contracts.listed import locked_contract
from billing.purchasing.models import Contract, Every, Item, ProgramItem, ProgramTier, ProgramVersion, RebateProgram
from billing.purchasing.programs.periods import is_between_periods, period_of
from billing.purchasing.programs.terms import Terms, checked
from billing.purchasing.programs.units import with_unit
from billing.purchasing.programs.words import begins_in_words
from billing.purchasing.rebates.jobs import accrue_all_again
from billing.purchasing.schedule import Pays
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
        _earn_by_it(contract, terms)
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
        said = list(program.versions.order_by("from_day", "number"))
        ruled = _period_on(said, terms.from_day)
        begins = period_of(terms.every, today, month=terms.from_day.month).first
        if contract.signed_on is not None and (terms.from_day < begins or (ruled is not None and ruled.last < today)):
            raise DomainError(
                "program_of_the_past",
                "That period is over. What was earned in it stays: choose a period to come.",
                field="from_day",
            )
        _check_days(contract, terms)
        _check_spans(said, terms)
        version = _write(program, max(one.number for one in said) + 1, terms, why=reason)
        audit.record(
            "rebate_program.changed",
            subject=program,
            detail={"version": version.number, "from": terms.from_day.isoformat()},
        )
        _earn_by_it(contract, terms)
    return version


def _earn_by_it(contract: Contract, terms: Terms) -> None:
    """Members who bought already see what it brings them, and not the next morning."""
    if contract.signed_on is not None:
        accrue_all_again(vendor_id=contract.vendor_id, since=terms.from_day)


def may_change_on(versions: Iterable[ProgramVersion], day: date, *, today: date | None) -> bool:
    """Whether a version that holds from `day` on cuts no period of what is said now in two, and changes none that is
    over. today: None where nobody promised anything yet."""
    ruled = _period_on(versions, day)
    return ruled is None or (ruled.first == day and (today is None or ruled.last >= today))


def _period_on(versions: Iterable[ProgramVersion], day: date) -> Period | None:
    """The one that `day` is in; None before anything is said."""
    begun = [one for one in versions if one.from_day <= day]
    ruling = max(begun, key=lambda one: (one.from_day, one.number), default=None)
    return None if ruling is None else period_of(ruling.every, day, month=ruling.from_day.month)


def _check_days(contract: Contract, terms: Terms) -> None:
    if terms.from_day < period_of(terms.every, contract.begins_on, month=terms.from_day.month).first:
        raise DomainError("outside_the_contract", "The contract begins later than that period ends.", field="from_day")
    if contract.ends_on is not None and terms.from_day > contract.ends_on:
        raise DomainError("outside_the_contract", "The contract has ended by then.", field="from_day")


def _check_spans(said: list[ProgramVersion], terms: Terms) -> None:
    """A version that took over within a period of another would count its purchases twice. The database holds it, too;
    here it is told with the days on which it can change.
    """
    timeline = sorted(
        [*((one.from_day, one.number, one.every) for one in said), (terms.from_day, len(said) + 1, terms.every)]
    )
    by_day = {day: every for day, _, every in timeline}
    days = sorted(by_day)
    for before, day in itertools.pairwise(days):
        every = Every(by_day[before])
        if not is_between_periods(day, every, month=before.month):
            begins = begins_in_words(every, before)
            raise DomainError(
                "program_amid_a_period",
                f"What it says from {before:%B %-d, %Y} on has periods that begin on {begins}. It can change on"
                f" {begins} only.",
                field="from_day",
            )


def _write(program: RebateProgram, number: int, terms: Terms, *, why: str) -> ProgramVersion:
    vendor_id = program.contract.vendor_id
    items = Item.objects.filter(vendor=vendor_id, pk__in=terms.item_ids)
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
            counted=terms.counted,
            pays=terms.pays,
            unit=with_unit(terms, vendor_id=vendor_id).unit,
            why=why,
        )
        pays = "rate" if terms.pays == Pays.SHARE else "sum"
        ProgramTier.objects.bulk_create(
            ProgramTier(version=version, place=place, at=tier.at, **{pays: tier.rate})
            for place, tier in enumerate(terms.tiers)
        )
        ProgramItem.objects.bulk_create(ProgramItem(version=version, item=item) for item in items)
    return version
