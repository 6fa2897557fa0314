"""Stripe's errors as ours."""

from collections.abc import Iterator
from contextlib import contextmanager

import stripe

from billing.errors import Declined, Unreachable
from core.errors import Conflict, DomainError


@contextmanager
def told(*, field: str | None = None) -> Iterator[None]:
    """Stripe's errors as ours. Its words for developers stay with it."""
    try:
        yield
    except stripe.CardError as error:
        raise Declined from error
    except (stripe.APIConnectionError, stripe.RateLimitError) as error:
        raise Unreachable from error
    except stripe.InvalidRequestError as error:
        if error.code == "tax_id_invalid":
            message = "This is no employer identification number. Write it like 12-3456789."
            raise DomainError("tax_id_invalid", message, field=field) from error
        raise Conflict(
            "payments_refused",
            "The payments provider refused this: perhaps it changed meanwhile. Reload the page and try again.",
        ) from error
    except stripe.StripeError as error:
        raise Unreachable from error
