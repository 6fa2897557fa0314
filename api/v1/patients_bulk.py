"""Many patients at once, each by the program's own id, with a result for each."""

from dataclasses import asdict
from typing import Any

from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.body.read import InvalidBody, faults_of, read_json
from api.problem import Fault
from api.v1.pages import only_known
from api.v1.patient_body import PatientRowBody
from api.view import PartnerView
from loyalty.exchange.upsert_patients import Outcome, Result, upsert_patients
from tenants.partners.scopes import Scope

MOST = 1000


class PatientsBulk(PartnerView):
    scope_for = {"post": Scope.PATIENTS_WRITE}

    def post(self, request: Request) -> Response:
        only_known(request)
        rows = _rows(read_json(request))
        reading = PatientRowBody()
        good: dict[int, dict[str, Any]] = {}
        answers: dict[int, dict[str, Any]] = {}
        for place, row in enumerate(rows):
            try:
                good[place] = reading.run_validation(row)
            except serializers.ValidationError as error:
                answers[place] = _refused(row, tuple(faults_of(error.detail, f"#/patients/{place}")))
        results = upsert_patients(
            rows=list(good.values()), application_id=self.holder.application_id, now=timezone.now()
        )
        answers |= {place: _answer(result, place) for place, result in zip(good, results, strict=True)}
        return Response({"results": [answers[place] for place in range(len(rows))]})


def _rows(body: Any) -> list[Any]:
    """Raises InvalidBody."""
    if not isinstance(body, dict):
        raise InvalidBody((Fault("#", "type", "Send a JSON object."),))
    strange = tuple(
        Fault(f"#/{name}", "unknown_field", "There is no such field.") for name in body if name != "patients"
    )
    if strange:
        raise InvalidBody(strange)
    rows = body.get("patients")
    if not isinstance(rows, list) or not rows:
        raise InvalidBody((Fault("#/patients", "type", "Send a list of patients."),))
    if len(rows) > MOST:
        raise InvalidBody((Fault("#/patients", "list_too_long", f"Send at most {MOST} at once."),))
    return rows


def _answer(result: Result, place: int) -> dict[str, Any]:
    faults = [Fault(f"#/patients/{place}/{one.field}", one.code, one.message) for one in result.errors]
    return {
        "external_id": result.external_id,
        "status": result.outcome.value,
        "id": result.id,
        "errors": [asdict(fault) for fault in faults],
    }


def _refused(row: Any, faults: tuple[Fault, ...]) -> dict[str, Any]:
    given = row.get("external_id") if isinstance(row, dict) else None
    return {
        "external_id": given if isinstance(given, str) else "",
        "status": Outcome.REFUSED.value,
        "id": None,
        "errors": [asdict(fault) for fault in faults],
    }
