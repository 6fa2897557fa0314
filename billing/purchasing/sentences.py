"""What the database refuses, as a sentence for whoever asked."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.db import IntegrityError, transaction

from core.errors import DomainError
from core.violated import violated


@contextmanager
def refusals(known: Mapping[str, DomainError]) -> Iterator[None]:
    """A transaction in which a violated constraint, by its name, becomes the error `known` holds for it."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if refusal := known.get(violated(error)):
            raise refusal from error
        raise
