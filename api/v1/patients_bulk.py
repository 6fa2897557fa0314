"""Many patients at once, each by the program's own id, with a result for each."""

from dataclasses import asdict
from typing import Any

from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response

from api.body.read import read_json
from api.problem import Fault
from api.v1.bulk import answers_to, rows_of
from api.v1.pages import only_known
from api.v1.patient_body import PatientRowBody
from api.view import PartnerView
from loyalty.exchange.upsert_patients import Outcome, Result, upsert_patients
from tenants.partners.scopes import Scope


class PatientsBulk(PartnerView):
    scope_for = {"post": Scope.PATIENTS_WRITE}

    def post(self, request: Request) -> Response:
        only_known(request)

        def upsert(rows: list[dict[str, Any]]) -> list[Result]:
            return upsert_patients(rows=rows, application_id=self.holder.application_id, now=timezone.now())

        rows = rows_of(read_json(request), "patients")
        results = answers_to(rows, shape=PatientRowBody(), at="patients", do=upsert, answer=_answer, refused=_refused)
        return Response({"results": results})


def _answer(result: Result, at: str) -> dict[str, Any]:
    faults = [Fault(f"{at}/{one.field}", one.code, one.message) for one in result.errors]
    return _told(result.external_id, result.outcome, result.id, faults)


def _refused(external_id: str, faults: tuple[Fault, ...]) -> dict[str, Any]:
    return _told(external_id, Outcome.REFUSED, None, faults)


def _told(external_id: str, outcome: Outcome, id: Any, faults: Any) -> dict[str, Any]:
    return {
        "external_id": external_id, "status": outcome.value, "id": id, "errors": [asdict(fault) for fault in faults],
    }  # fmt: skip
