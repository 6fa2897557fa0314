"""What the tiers of a rebate program say: one sentence each."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from billing.purchasing.accrual import Measured
from billing.purchasing.contracts.fee import percent
from billing.purchasing.programs.terms import Terms
from billing.purchasing.programs.units import nth, units_in_words
from billing.purchasing.schedule import Counted, Pays, Way
from core.money import DIGITS, SIGNS, Money


def tiers_in_words(terms: Terms, *, currency: str, span: str) -> list[str]:
    """Ascending: "From $500,000.00: 1% of everything that counts.", "From 100 vials: $10.00 for every vial.".

    span: what a period is called. terms: with their unit.
    """
    begins = [_begins(tier.at, terms, currency) for tier in terms.tiers]
    pays = [pays_in_words(tier.rate, terms.pays, currency) for tier in terms.tiers]
    if terms.pays == Pays.ONCE:
        return [f"From {at}: {pay}, once a {span}." for at, pay in zip(begins, pays, strict=True)]
    on = f"for every {terms.unit}" if terms.pays == Pays.EACH else "of"
    if terms.way == Way.FLAT:
        all_of = f"{on} that counts" if terms.pays == Pays.EACH else f"{on} everything that counts"
        return [f"From {at}: {pay} {all_of}." for at, pay in zip(begins, pays, strict=True)]
    if terms.way == Way.INCREASE:
        more = f"{on} that it buys" if terms.pays == Pays.EACH else f"{on} all it buys"
        return [f"From {at}: {pay} {more} beyond the year before." for at, pay in zip(begins, pays, strict=True)]
    if terms.measured == Measured.GROWTH:
        it = f"{on} that it buys" if terms.pays == Pays.EACH else f"{on} what it buys"
        ends = [*begins[1:], ""]
        return [
            f"{pay} {it}{f' beyond {at}' if tier.at else ''}{f', up to {end}' if end else ''}."
            for tier, at, end, pay in zip(terms.tiers, begins, ends, pays, strict=True)
        ]
    if terms.pays == Pays.EACH:
        return _of_units(terms, pays)
    return [
        f"{pay} of what lies between {at} and {end}." if end else f"{pay} of what lies above {at}."
        for at, end, pay in zip(begins, [*begins[1:], ""], pays, strict=True)
    ]


def growth_in_words(at: Decimal) -> str:
    """1.1 → "10% more"."""
    more = at - 1
    if more > 0:
        return f"{percent(more)} more"
    return "as much" if not more else f"{percent(at)} of it"


def pays_in_words(rate: Fraction | Decimal, pays: str, currency: str) -> str:
    """What a tier pays: "1.5%"; "$10.00" for each unit or once, with as many digits as it has."""
    exact = Fraction(rate)
    plain = Decimal(exact.numerator) / Decimal(exact.denominator)
    if pays == Pays.SHARE:
        return percent(plain)
    if pays == Pays.ONCE:
        return str(Money(int(plain), currency))
    return price_in_words(plain, currency)


def price_in_words(minor: Decimal, currency: str) -> str:
    """ "$0.125", of minor units and parts of them: at least as many digits as the currency has."""
    whole = minor.scaleb(-DIGITS[currency]).normalize()
    digits = max(DIGITS[currency], -int(whole.as_tuple().exponent))
    return f"{SIGNS[currency]}{whole:,.{digits}f}"


def counted_in_words(count: Fraction | Decimal | int, *, counted: str, unit: str, currency: str) -> str:
    """So much of what tiers are counted in: "$500,000.00", "100 vials"."""
    return units_in_words(count, unit) if counted == Counted.UNITS else str(Money(int(count), currency))


def _begins(at: Decimal, terms: Terms, currency: str) -> str:
    if terms.measured == Measured.GROWTH:
        return growth_in_words(at)
    if terms.counted == Counted.UNITS and at <= 1:
        return f"the first {terms.unit}"
    return counted_in_words(at, counted=terms.counted, unit=terms.unit, currency=currency)


def _of_units(terms: Terms, pays: Sequence[str]) -> list[str]:
    """Whoever buys a hundred has the hundredth in the tier from 100 on: each one is named by its number."""
    firsts = [max(int(tier.at), 1) for tier in terms.tiers]
    lasts = [*(first - 1 for first in firsts[1:]), None]
    return [
        f"{pay} for every {terms.unit} from the {nth(first)} to the {nth(last)}."
        if last
        else f"{pay} for every {terms.unit} from the {nth(first)} on."
        for first, last, pay in zip(firsts, lasts, pays, strict=True)
    ]
