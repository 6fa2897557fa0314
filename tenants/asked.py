"""Who asks, as the trail wants to know it, and the trail of what was refused."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID, uuid4

from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from core import audit
from tenants.address import client_address
from tenants.request import PlacedRequest
from tenants.sign_in_trail import trail_of

# The last part of an address's name says what its records are: "patient_id" names a patient.
_ID = "_id"


def asker_of(request: PlacedRequest, why: str) -> audit.Asker:
    """The signed-in person of the request, whatever they may do here. `why`: the permission that the view declares."""
    return audit.Asker(
        kind=audit.AskerKind.PERSON,
        id=request.user.pk,
        role=_role(request),
        where=place_of(request),
        why=why,
        address=client_address(request),
        request=uuid4(),
    )


def patient_of(request: PlacedRequest) -> audit.Asker:
    """A patient who is not signed in, and brought something that was signed."""
    return audit.Asker(
        kind=audit.AskerKind.PATIENT,
        where=place_of(request),
        why="signed",
        address=client_address(request),
        request=uuid4(),
    )


def program_of(request: PlacedRequest, application_id: UUID, why: str) -> audit.Asker:
    """A partner's program. `why`: the scope that it used, or how it proved itself."""
    return audit.Asker(
        kind=audit.AskerKind.PARTNER,
        id=application_id,
        role="partner",
        where=place_of(request),
        why=why,
        address=client_address(request),
        request=uuid4(),
    )


def somebody(request: PlacedRequest, why: str) -> audit.Asker:
    """Whoever asks without being signed in."""
    return audit.Asker(
        kind=audit.AskerKind.PERSON,
        where=place_of(request),
        why=why,
        address=client_address(request),
        request=uuid4(),
    )


def place_of(request: PlacedRequest) -> str:
    """The name of the address, "portal:patient": never the address itself, which may hold what was searched for."""
    match = request.resolver_match
    return (match.view_name or match.route)[:120] if match else ""


@contextmanager
def refusals_recorded(request: PlacedRequest, why: str) -> Iterator[None]:
    """Write into the trail of this host that somebody who is signed in asked for what they may not, or what is not.

    Written after whatever the block did was undone, in a transaction of its own.
    """
    try:
        yield
    except Http404:
        if not isinstance(request.user, AnonymousUser):
            _record(request, why)
        raise


def _record(request: PlacedRequest, why: str) -> None:
    kind, id = _named(request)
    with trail_of(request.practice), audit.asking(asker_of(request, why)):
        audit.denied("address.open", subject_kind=kind, subject_id=id)


def _named(request: PlacedRequest) -> tuple[str, UUID | None]:
    """The record that the address names: its kind and id."""
    for name, value in (request.resolver_match.kwargs if request.resolver_match else {}).items():
        if name.endswith(_ID) and isinstance(value, UUID):
            return name.removesuffix(_ID), value
    return "", None


def _role(request: PlacedRequest) -> str:
    try:
        return request.principal.role if request.principal else ""
    except Http404:
        # A session of another place: here it is nobody's.
        return ""
