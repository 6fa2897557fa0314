"""Many lines of invoices at once, each by the program's own id, with what became of each."""

from dataclasses import asdict
from typing import Any

from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response

from api.body.read import read_json
from api.problem import Fault
from api.v1.bulk import answers_to, rows_of
from api.v1.pages import only_known
from api.v1.purchase_body import PurchaseBody
from api.view import PartnerView
from billing.purchasing.exchange.purchases import match_of
from billing.purchasing.exchange.write_purchases import Outcome, Result, upsert_purchases
from core.errors import DomainError
from core.exchange.numbers import as_number
from tenants.partners.scopes import Scope


class PurchasesBulk(PartnerView):
    scope_for = {"post": Scope.PURCHASES_WRITE}

    def post(self, request: Request) -> Response:
        only_known(request)

        def upsert(rows: list[dict[str, Any]]) -> list[Result]:
            return upsert_purchases(rows=rows, application_id=self.holder.application_id, now=timezone.now())

        rows = rows_of(read_json(request), "purchases")
        results = answers_to(rows, shape=PurchaseBody(), at="purchases", do=upsert, answer=_answer, refused=_refused)
        return Response({"results": results})


def _answer(result: Result, at: str) -> dict[str, Any]:
    error, line = result.error, result.line
    if error is not None or line is None:
        return _refused(result.external_id, (_fault(error, at),) if error else ())
    return {
        "external_id": result.external_id,
        "status": result.outcome.value,
        "id": line.id,
        "match": match_of(line).value,
        "item_id": line.item_id,
        "units": as_number(line.units),
        "errors": [],
    }


def _fault(error: DomainError, at: str) -> Fault:
    return Fault(f"{at}/{error.field}" if error.field else at, error.code, error.message)


def _refused(external_id: str, faults: tuple[Fault, ...]) -> dict[str, Any]:
    return {
        "external_id": external_id,
        "status": Outcome.REFUSED.value,
        "id": None,
        "match": None,
        "item_id": None,
        "units": None,
        "errors": [asdict(fault) for fault in faults],
    }
