"""What a rebate program says, in sentences that the page before saving, the console and members read alike."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from billing.purchasing.accrual import Measured
from billing.purchasing.contracts.fee import percent
from billing.purchasing.models import Covers, Every, ProgramVersion
from billing.purchasing.programs.terms import GivenTier, Terms
from billing.purchasing.schedule import Way
from core.money import Money

_SPAN = {Every.QUARTER: "quarter", Every.YEAR: "year"}


@dataclass(frozen=True, slots=True)
class Said:
    """measured: by what a tier is reached. tiers: one sentence each, ascending. counts: what is bought that counts.
    cap: "" without one."""

    measured: str
    tiers: tuple[str, ...]
    counts: str
    cap: str

    @property
    def whole(self) -> str:
        return " ".join(part for part in (self.measured, *self.tiers, self.counts, self.cap) if part)


def terms_of(version: ProgramVersion) -> Terms:
    """As they were given. Reads tiers and items unless they were fetched with it."""
    return Terms(
        from_day=version.from_day,
        every=version.every,
        measured=version.measured,
        way=version.way,
        tiers=tuple(GivenTier(tier.at, tier.rate) for tier in sorted(version.tiers.all(), key=lambda one: one.place)),
        cap=version.cap_minor,
        covers=version.covers,
        item_ids=frozenset(one.item_id for one in version.items.all()),
    )


def said(terms: Terms, *, currency: str, vendor: str, items: Sequence[str]) -> Said:
    """items: the names of those that `terms` lists."""
    span = _SPAN[Every(terms.every)]
    begins = f" from {terms.from_day:%B} 1" if terms.every == Every.YEAR and terms.from_day.month != 1 else ""
    return Said(
        measured=_measured(Measured(terms.measured), span, begins),
        tiers=tuple(tiers_in_words(terms, currency=currency)),
        counts=_counts(Covers(terms.covers), vendor, items),
        cap="" if terms.cap is None else f"A member gets at most {Money(terms.cap, currency)} a {span}.",
    )


def said_by(version: ProgramVersion) -> Said:
    """Of a version of `programs_of`, without another statement."""
    contract = version.program.contract
    names = sorted(one.item.name for one in version.items.all())
    return said(terms_of(version), currency=contract.currency, vendor=contract.vendor.name, items=names)


def tiers_in_words(terms: Terms, *, currency: str) -> list[str]:
    """One a tier: "From $500,000.00: 1% of everything."."""
    begins = [_begins(tier.at, Measured(terms.measured), currency) for tier in terms.tiers]
    rates = [percent(tier.rate) for tier in terms.tiers]
    if terms.way == Way.FLAT:
        return [f"From {at}: {rate} of everything that counts." for at, rate in zip(begins, rates, strict=True)]
    if terms.way == Way.INCREASE:
        return [
            f"From {at}: {rate} of all it buys beyond the year before." for at, rate in zip(begins, rates, strict=True)
        ]
    ends = [*begins[1:], None]
    if terms.measured == Measured.GROWTH:
        return [
            _of_growth(tier.at, at, end, rate)
            for tier, at, end, rate in zip(terms.tiers, begins, ends, rates, strict=True)
        ]
    return [
        f"{rate} of what lies between {at} and {end}." if end else f"{rate} of what lies above {at}."
        for at, end, rate in zip(begins, ends, rates, strict=True)
    ]


def _of_growth(at: Decimal, begins: str, end: str | None, rate: str) -> str:
    upto = f", up to {end}" if end else ""
    if not at:
        return f"{rate} of what it buys{upto}."
    return f"{rate} of what it buys beyond {begins}{upto}."


def growth_in_words(at: Decimal) -> str:
    """1.1 → "10% more"."""
    more = at - 1
    if more > 0:
        return f"{percent(more)} more"
    return "as much" if not more else f"{percent(at)} of it"


def _begins(at: Decimal, measured: Measured, currency: str) -> str:
    if measured is Measured.GROWTH:
        return growth_in_words(at)
    return str(Money(int(at), currency))


def _measured(measured: Measured, span: str, begins: str) -> str:
    match measured:
        case Measured.VOLUME:
            return f"Every {span}{begins}, by what the member itself buys in it."
        case Measured.GROWTH:
            before = "the year before" if span == "year" else f"the same {span} of the year before"
            return f"Every {span}{begins}, by what the member buys in it against {before}."
        case Measured.TRAILING:
            return f"Every {span}{begins}, by what the member bought in the twelve months that end with it."
        case Measured.GROUP:
            return f"Every {span}{begins}, by what all members buy in it together."


def _counts(covers: Covers, vendor: str, items: Sequence[str]) -> str:
    listed = ", ".join(items)
    match covers:
        case Covers.LISTED:
            return f"What counts: {listed}."
        case Covers.CATALOG:
            what = f"Everything in the catalog of {vendor} counts"
        case Covers.EVERYTHING:
            what = f"Everything bought of {vendor} counts"
    return (
        f"{what}, but for {listed}. Returns are taken off; freight does not count."
        if listed
        else (f"{what}. Returns are taken off; freight does not count.")
    )
