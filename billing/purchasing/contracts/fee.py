"""What the network receives of a contract: what may be agreed, and how members are told.

The law lets a group purchasing organization be paid by vendors if its written agreement with each member states the
fee: at most 3 percent of the price, or else the amount (42 CFR 1001.952(j)).
"""

from dataclasses import dataclass
from decimal import Decimal

from billing.purchasing.models import Contract, Fee
from billing.purchasing.models.contract import LARGEST_FEE
from core.errors import DomainError
from core.money import Money


@dataclass(frozen=True, slots=True)
class GivenFee:
    """rate: of the price, 0.015 is 1.5 percent. minor: a year."""

    kind: str
    rate: Decimal | None = None
    minor: int | None = None


def checked_fee(*, kind: str, rate: Decimal | None, minor: int | None) -> GivenFee:
    """Only what belongs to `kind` (a value of Fee). Raises DomainError with the field that is wrong."""
    if kind not in Fee.values:
        raise DomainError(
            "fee_unstated", "Say what the network receives: nothing, a percentage or an amount.", field="fee"
        )
    if kind == Fee.PERCENT:
        if rate is None or rate <= 0:
            raise DomainError("fee_rate_missing", "Write the percentage, such as 1.5%.", field="fee_rate")
        if rate > LARGEST_FEE:
            raise DomainError(
                "fee_too_large",
                "A percentage can be 3% at most. For more, the contract must state the amount.",
                field="fee_rate",
            )
        if rate != round(rate, 6):
            raise DomainError(
                "fee_rate_fine", "Write the percentage with four digits behind the point at most.", field="fee_rate"
            )
        return GivenFee(kind, rate=rate)
    if kind == Fee.AMOUNT:
        if minor is None or minor < 1:
            raise DomainError("fee_amount_missing", "Write the amount a year, such as $12,000.", field="fee_minor")
        return GivenFee(kind, minor=minor)
    return GivenFee(kind)


def fee_in_words(contract: Contract) -> str:
    """For members: a whole sentence."""
    match contract.fee:
        case Fee.PERCENT:
            return f"The network receives {percent(contract.fee_rate or Decimal(0))} of what you buy, from the vendor."
        case Fee.AMOUNT:
            amount = Money(contract.fee_minor or 0, contract.currency)
            return f"The network receives {amount} a year from the vendor, however much members buy."
        case _:
            return "The network receives nothing from the vendor."


def percent(share: Decimal) -> str:
    """0.015 → "1.5%"."""
    return f"{(share * 100).normalize():f}%"
