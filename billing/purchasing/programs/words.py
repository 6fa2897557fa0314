"""What a rebate program says, in sentences that the page before saving, the console and members read alike."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from billing.purchasing.accrual import Measured
from billing.purchasing.models import Covers, Every, ProgramVersion
from billing.purchasing.programs.periods import is_between_periods
from billing.purchasing.programs.schedule_of import paid_by
from billing.purchasing.programs.terms import GivenTier, Terms
from billing.purchasing.programs.tier_words import tiers_in_words
from core.money import Money

SPAN = {Every.MONTH: "month", Every.QUARTER: "quarter", Every.HALF: "half-year", Every.YEAR: "year"}
_MONTHS = 12


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
    tiers = sorted(version.tiers.all(), key=lambda one: one.place)
    return Terms(
        from_day=version.from_day,
        every=version.every,
        measured=version.measured,
        way=version.way,
        tiers=tuple(GivenTier(tier.at, paid_by(tier)) for tier in tiers),
        cap=version.cap_minor,
        covers=version.covers,
        item_ids=frozenset(one.item_id for one in version.items.all()),
        counted=version.counted,
        pays=version.pays,
        unit=version.unit,
    )


def said(terms: Terms, *, currency: str, vendor: str, items: Sequence[str]) -> Said:
    """items: the names of those that `terms` lists. terms: with their unit."""
    span = SPAN[Every(terms.every)]
    usual = is_between_periods(terms.from_day, terms.every, month=1)
    begins = "" if usual else f" from {begins_in_words(Every(terms.every), terms.from_day)}"
    return Said(
        measured=_measured(Measured(terms.measured), span, begins),
        tiers=tuple(tiers_in_words(terms, currency=currency, span=span)),
        counts=_counts(terms, vendor, items),
        cap="" if terms.cap is None else f"A member gets at most {Money(terms.cap, currency)} a {span}.",
    )


def said_by(version: ProgramVersion) -> Said:
    """Of a version of `programs_of`, without another statement."""
    contract = version.program.contract
    names = sorted(one.item.name for one in version.items.all())
    return said(terms_of(version), currency=contract.currency, vendor=contract.vendor.name, items=names)


def begins_in_words(every: Every, day: date) -> str:
    """On which days such periods begin, one of them with `day`: "April 1 and October 1"."""
    months = sorted({(day.month - 1 + ahead) % _MONTHS + 1 for ahead in range(0, _MONTHS, every.months)})
    if len(months) == _MONTHS:
        return "the first day of each month"
    *before, last = (f"{date(day.year, month, 1):%B} 1" for month in months)
    return f"{', '.join(before)} and {last}" if before else last


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


def _counts(terms: Terms, vendor: str, items: Sequence[str]) -> str:
    listed = ", ".join(items)
    unknown = " Neither does a line in a unit that the catalog does not know." if terms.needs_units else ""
    off = f"Returns are taken off; freight does not count.{unknown}"
    match Covers(terms.covers):
        case Covers.LISTED:
            return f"What counts: {listed}.{f' {off}' if terms.needs_units else ''}"
        case Covers.CATALOG:
            what = f"Everything in the catalog of {vendor} counts"
        case Covers.EVERYTHING:
            what = f"Everything bought of {vendor} counts"
    return f"{what}, but for {listed}. {off}" if listed else f"{what}. {off}"
