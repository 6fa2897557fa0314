"""Records of the demo that addresses lead to: for pictures of every page."""

from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.db.models import Count, Model, QuerySet

from loyalty.models import Feedback, Patient, Recovery, Touchpoint, Visit
from tenants.models import AgreementAct, Application, Membership, PartnerApplication, PartnerGrant, Practice
from tenants.webhooks.models import WebhookEndpoint
from tests.permissions.walk import ALL

# Where the first row of the model that the argument is named for would show little.
_CHOSEN: dict[str, Callable[[], QuerySet[Any]]] = {
    "patient_id": lambda: (
        Patient.objects.filter(merged_into__isnull=True, memories__isnull=False)
        .annotate(visited=Count("visits", distinct=True))
        .order_by("-visited", "id")
    ),
    "visit_id": lambda: Visit.objects.filter(status__in=["booked", "confirmed"]).order_by("starts_at"),
    "note_id": lambda: Touchpoint.objects.filter(kind="note", state="planned").order_by("due_at"),
    "contact_id": lambda: Touchpoint.objects.filter(kind="preview", state="planned").order_by("due_at"),
    "answer_id": lambda: Feedback.objects.exclude(liked="").order_by("-answered_at"),
    "endpoint_id": WebhookEndpoint.objects.all,
    "recovery_id": lambda: Recovery.objects.order_by("closed_at", "due_at"),
}


def ids_of_practice() -> dict[str, Any]:
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
    return _known(
        {
            "practice_id": _one(Practice.objects.all(), "id"),
            "application_id": _one(Application.objects.all(), "id"),
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
    chosen = _CHOSEN.get(argument)
    if chosen is not None:
        return _one(chosen(), "id")
    model = _model_named(argument.removesuffix("_id").replace("_", ""))
    return _one(model._default_manager.all(), "pk") if model else None


def _model_named(name: str) -> type[Model] | None:
    return next(
        (model for model in apps.get_app_config("loyalty").get_models() if model._meta.model_name == name), None
    )
