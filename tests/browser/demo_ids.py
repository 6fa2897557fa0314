"""Records of the demo that addresses lead to: for pictures of every page."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.models import Count, Model, QuerySet

from core.errors import DomainError
from loyalty.messages.suppress import suppress as put_on_list
from loyalty.models import Feedback, Memory, MessageTemplate, Patient, Recovery, Suppression, Touchpoint, Visit
from tenants.models import (
    AgreementAct,
    Membership,
    PartnerApplication,
    PartnerGrant,
    Person,
    Practice,
)
from tenants.webhooks.models import WebhookEndpoint
from tests.permissions.walk import ALL
from tests.rooms import every
from tests.tenants.applications import applied

# Where the first row of the model that the argument is named for would show little.
_CHOSEN: dict[str, Callable[[], QuerySet[Any]]] = {
    "patient_id": lambda: (
        Patient.objects.filter(merged_into__isnull=True, memories__isnull=False)
        .annotate(visited=Count("visits", distinct=True))
        .order_by("-visited", "id")
    ),
    "visit_id": lambda: Visit.objects.filter(status__in=["booked", "confirmed"]).order_by("starts_at"),
    "seen_id": lambda: Visit.objects.filter(status="completed", feedback_requests__isnull=True).order_by("-starts_at"),
    "template_id": lambda: MessageTemplate.objects.filter(kind="feedback", channel="email"),
    "suppression_id": lambda: Suppression.objects.order_by("id"),
    "note_id": lambda: Touchpoint.objects.filter(kind="note", state="planned").order_by("due_at"),
    "contact_id": lambda: Touchpoint.objects.filter(kind="preview", state="planned").order_by("due_at"),
    "answer_id": lambda: Feedback.objects.exclude(liked="").order_by("-answered_at"),
    "endpoint_id": WebhookEndpoint.objects.all,
    "recovery_id": lambda: Recovery.objects.order_by("closed_at", "due_at"),
}


def chosen_of_practice() -> dict[str, Any]:
    """Inside the practice: the records that show most."""
    found = _known({argument: _one(chosen(), "id") for argument, chosen in _CHOSEN.items()})
    memories = Memory.objects.filter(patient_id=found.get("patient_id")).order_by("id")
    return _known({**found, "memory_id": _one(memories, "id"), "metric": "nps"})


def made_beside(chosen: dict[str, Any], *, by_person_id: Any, now: datetime) -> dict[str, Any]:
    """`chosen`, and what the rooms make for their addresses; what a room cannot make twice, the demo has already."""
    listed = put_on_list(
        kind="phone", given="(503) 555-0148", note="Asked on the phone", by_person_id=by_person_id, now=now
    )
    chosen = {"suppression_id": listed.id, **chosen}
    ids = dict(chosen)
    for room in every.ROOMS:
        with suppress(IntegrityError, DomainError), transaction.atomic():
            ids = {**ids, **room.records(ids, now), **chosen}
    return ids


def first_of_practice() -> dict[str, Any]:
    """Inside the practice. An argument that no record of the demo answers to is left out."""
    named = {argument for address in ALL if address.host == "practice" for argument in address.arguments}
    return _known({argument: _first(argument) for argument in named})


def people_of(practice_id: Any) -> dict[str, Any]:
    """On the control plane: a colleague of the owner's, what the practice agreed to, and the software it let in."""
    colleagues = Membership.objects.filter(practice_id=practice_id).exclude(role="owner")
    acts = AgreementAct.objects.filter(practice_id=practice_id)
    grants = PartnerGrant.objects.filter(practice_id=practice_id, ended_at__isnull=True)
    outside = PartnerApplication.objects.exclude(grants__in=grants)
    return _known(
        {
            "person_id": _one(colleagues, "person_id"),
            "act_id": _one(acts, "id"),
            "grant_id": _one(grants, "id"),
            "program_id": _one(outside, "id"),
        }
    )


def ids_of_network() -> dict[str, Any]:
    """On the control plane."""
    colleagues = Person.objects.exclude(network_role="").exclude(email="nora@example.com")
    return _known(
        {
            "person_id": _one(colleagues, "id"),
            "practice_id": _one(Practice.objects.all(), "id"),
            # The demo's are all settled.
            "application_id": applied().id,
            "program_id": _one(PartnerApplication.objects.all(), "id"),
            # Any month can be asked about: what is released already says so when it is held.
            "release_month": "2026-10",
        }
    )


def _one(rows: QuerySet[Any], column: str) -> Any:
    return rows.values_list(column, flat=True).first()


def _known(found: dict[str, Any]) -> dict[str, Any]:
    return {argument: id_ for argument, id_ in found.items() if id_ is not None}


def _first(argument: str) -> Any:
    model = _model_named(argument.removesuffix("_id").replace("_", ""))
    return _one(model._default_manager.all(), "pk") if model else None


def _model_named(name: str) -> type[Model] | None:
    return next(
        (model for model in apps.get_app_config("loyalty").get_models() if model._meta.model_name == name), None
    )
