"""A partner's program hands an inquiry in, as if somebody had called: a call falls due."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from core.exchange.read import row_of
from loyalty.exchange.contact import INQUIRIES
from loyalty.inquiries.take import take


def write_new_inquiry(*, given: Mapping[str, Any], application_id: UUID, now: datetime) -> dict[str, Any]:
    """given: name, with phone or email; the other parameters of `take` that a program knows. Raises as `take`."""
    with transaction.atomic():
        inquiry = take(**given, now=now)
        return row_of(INQUIRIES, inquiry.id, application_id=application_id)
