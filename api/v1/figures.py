"""A practice's own figures, and the network's released ones."""

from typing import ClassVar

from rest_framework.request import Request
from rest_framework.response import Response

from api.v1.pages import Asked, chosen
from api.view import PartnerView
from core.exchange.resource import Kind
from loyalty.benchmarks.models import CohortKind
from loyalty.exchange.figures import own_figures_of, releases_of
from loyalty.metrics.definitions import DEFINITIONS, RELEASED
from tenants.partners.scopes import Scope


class Metrics(PartnerView):
    scope_for = {"get": Scope.METRICS_READ}
    asked: ClassVar[dict[str, Asked]] = {
        "metric": Asked(Kind.CHOICE, tuple(DEFINITIONS)),
        "month": Asked(Kind.MONTH),
    }

    def get(self, request: Request) -> Response:
        asked = chosen(request, self.asked)
        return Response({"data": own_figures_of(metric=asked.get("metric"), month=asked.get("month"))})


class Benchmarks(PartnerView):
    scope_for = {"get": Scope.BENCHMARKS_READ}
    asked: ClassVar[dict[str, Asked]] = {
        "metric": Asked(Kind.CHOICE, tuple(one.key for one in RELEASED)),
        "month": Asked(Kind.MONTH),
        "cohort": Asked(Kind.CHOICE, tuple(CohortKind.values)),
    }

    def get(self, request: Request) -> Response:
        asked = chosen(request, self.asked)
        rows, barred = releases_of(
            practice=self.practice,
            metric=asked.get("metric"),
            month=asked.get("month"),
            cohort=asked.get("cohort"),
        )
        return Response({"data": rows, "barred": barred})
