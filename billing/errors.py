"""What can go wrong with the payments provider, in words for whoever wanted something."""

from core.errors import Conflict, DomainError


class Unreachable(Conflict):
    """It does not answer, or says that it failed. Nothing was changed, or it will be seen when it is read next."""

    def __init__(self) -> None:
        super().__init__(
            "payments_unreachable",
            "The payments provider does not answer. Nothing was charged twice; try again in a few minutes.",
        )


class Declined(DomainError):
    def __init__(self) -> None:
        super().__init__("card_declined", "The bank declined the card. Use another card, or ask your bank.")


class NotOn(Conflict):
    def __init__(self) -> None:
        super().__init__(
            "payments_off", "Paid plans are not switched on in this network. The free plan stays as it is."
        )
