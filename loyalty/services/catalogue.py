"""The treatments a practice offers: added, changed, retired and offered again."""

from typing import Any
from uuid import UUID

from django.db import transaction

from core.changed import changed
from core.errors import Conflict, DomainError, NotFound
from core.given_text import given_text, is_visible
from loyalty.models import Service

_NAME, _WORDS = 200, 4000
_LONGEST_RETURN = 3650
_LONGEST_MINUTES = 1440


def add_service(*, name: str, preview: str, aftercare: str, return_days: int | None, minutes: int) -> Service:
    """Raises DomainError with the field that cannot be kept as it is, Conflict for a name that is taken."""
    kept = _checked(name=name, preview=preview, aftercare=aftercare, return_days=return_days, minutes=minutes)
    with transaction.atomic():
        _check_name_free(kept["name"])
        service = Service.objects.create(**kept)
        changed("service.added", service)
    return service


def change_service(
    *,
    service_id: UUID,
    version: int,
    name: str,
    preview: str,
    aftercare: str,
    return_days: int | None,
    minutes: int,
) -> Service:
    """`version` is the one that was read. Visits keep their length; whoever calls reads the new words.

    Raises NotFound, Conflict where somebody changed it since or the name is taken, DomainError with the field.
    """
    kept = _checked(name=name, preview=preview, aftercare=aftercare, return_days=return_days, minutes=minutes)
    with transaction.atomic():
        service = _held(service_id)
        if service.version != version:
            raise Conflict(
                "service_changed",
                "Somebody changed this service meanwhile. What you typed stands below: compare it with theirs, and "
                "keep it again.",
            )
        if kept["name"].casefold() != service.name.casefold():
            _check_name_free(kept["name"])
        for field, value in kept.items():
            setattr(service, field, value)
        service.version = version + 1
        service.save(update_fields=[*kept, "version", "updated_at"])
        changed("service.changed", service, detail={"version": service.version})
    return service


def retire_service(*, service_id: UUID) -> Service:
    """Offer it no longer. Visits booked with it stay. Raises NotFound, Conflict where it is retired already."""
    return _offer(service_id, is_active=False)


def restore_service(*, service_id: UUID) -> Service:
    """Offer it again. Raises NotFound, Conflict where it is offered already."""
    return _offer(service_id, is_active=True)


def _offer(service_id: UUID, *, is_active: bool) -> Service:
    with transaction.atomic():
        service = _held(service_id)
        if service.is_active == is_active:
            said = "is offered already" if is_active else "was retired already"
            raise Conflict("service_settled", f"{service.name} {said}.")
        if is_active:
            _check_name_free(service.name)
        service.is_active = is_active
        service.version += 1
        service.save(update_fields=["is_active", "version", "updated_at"])
        changed("service.restored" if is_active else "service.retired", service)
    return service


def _held(service_id: UUID) -> Service:
    service = Service.objects.select_for_update(no_key=True).filter(id=service_id).first()
    if service is None:
        raise NotFound("service_not_found", "There is no such service.")
    return service


def _check_name_free(name: str) -> None:
    """No constraint of the database: imported catalogues hold names twice, and are kept as they came."""
    if Service.objects.filter(name__iexact=name, is_active=True).exists():
        raise Conflict("service_name_taken", "Another service has this name. Choose another one.", field="name")


def _checked(*, name: str, preview: str, aftercare: str, return_days: int | None, minutes: int) -> dict[str, Any]:
    words = given_text(name, what="The name", field="name", limit=_NAME)
    if not is_visible(words):
        raise DomainError("service_unnamed", "Give the service a name.", field="name")
    if not 1 <= minutes <= _LONGEST_MINUTES:
        raise DomainError(
            "minutes_out_of_range", f"It takes between 1 and {_LONGEST_MINUTES} minutes.", field="minutes"
        )
    if return_days is not None and not 1 <= return_days <= _LONGEST_RETURN:
        raise DomainError(
            "return_out_of_range",
            f"Patients come back within 1 to {_LONGEST_RETURN} days. Leave it empty where they need not.",
            field="return_days",
        )
    return {
        "name": words,
        "preview": given_text(preview, what="What to expect", field="preview", limit=_WORDS, lines=True),
        "aftercare": given_text(aftercare, what="The aftercare", field="aftercare", limit=_WORDS, lines=True),
        "return_days": return_days,
        "minutes": minutes,
    }
