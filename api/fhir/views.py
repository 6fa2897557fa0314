"""The views of a FHIR type: a search, and one of it."""

import re
from functools import reduce
from operator import or_
from typing import Any, ClassVar
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Q
from rest_framework.exceptions import NotAcceptable
from rest_framework.request import Request
from rest_framework.response import Response

from api.fhir.outcome import outcome_of
from api.fhir.render import MEDIA_TYPE, FhirRenderer
from api.fhir.values import values_of
from api.precondition import answered
from api.v1.pages import MOST, USUAL, BadParameter
from api.view import PartnerView
from core.exchange.follow import Mark
from loyalty.exchange.fhir.kinds import FhirResource, FhirType
from loyalty.exchange.fhir.read import read_fhir, search_fhir
from tenants.partners.scopes import Scope

BASE = "/api/fhir/r4/"
_FORMATS = ("json", "application/json", MEDIA_TYPE)
_ACCEPTED = {MEDIA_TYPE, "application/json", "application/*", "*/*"}
_AFTER = re.compile(r"(\d{1,18})\.([0-9a-f-]{36})")


class FhirView(PartnerView):
    """Answers FHIR's JSON, whatever goes wrong too."""

    of: ClassVar[FhirType]
    renderer_classes = (FhirRenderer,)

    def perform_content_negotiation(self, request: Request, force: bool = False) -> tuple[FhirRenderer, str]:
        """Raises NotAcceptable for anything but JSON."""
        asked = request.query_params.get("_format", "").replace(" ", "+")
        accepted = {one.partition(";")[0].strip().lower() for one in request.headers.get("accept", "*/*").split(",")}
        if not force and (asked not in _FORMATS if asked else not accepted & _ACCEPTED):
            raise NotAcceptable
        return FhirRenderer(), MEDIA_TYPE

    def handle_exception(self, exc: Exception) -> Response:
        told = super().handle_exception(exc)
        answer = Response(outcome_of(told.data), status=told.status_code, content_type=MEDIA_TYPE)
        for name, value in told.headers.items():
            if name.lower() != "content-type":
                answer[name] = value
        answer.exception = True
        return answer


class FhirRead(FhirView):
    def get(self, request: Request, row_id: UUID) -> Response:
        for name in request.query_params:
            if name != "_format":
                raise BadParameter(name, f"There is no parameter {name!r} here. Known: _format.")
        return answered(request, read_fhir(self.of, row_id, application_id=self.holder.application_id))


class FhirSearch(FhirView):
    def get(self, request: Request) -> Response:
        found = search_fhir(
            self.of,
            self._wanted(request),
            application_id=self.holder.application_id,
            size=_size(request),
            after=_after(request),
        )
        base = request.build_absolute_uri(BASE)
        links = [{"relation": "self", "url": request.build_absolute_uri()}]
        if found.next is not None:
            links.append({"relation": "next", "url": _following(request, found.next)})
        return Response(
            {
                "resourceType": "Bundle",
                "type": "searchset",
                "link": links,
                # FHIR has no empty values, not even lists.
                **({"entry": [_entry(base, one) for one in found.resources]} if found.resources else {}),
            }
        )

    def _wanted(self, request: Request) -> list[Q]:
        """All of them are to be true: of the values between commas, one. Raises BadParameter."""
        wanted = []
        for name, given in request.query_params.lists():
            if name in ("_count", "_after", "_format"):
                if len(given) > 1:
                    raise BadParameter(name, "Send it once.")
                continue
            param = self.of.params.get(name)
            if param is None:
                known = ", ".join([*self.of.params, "_count", "_format"])
                raise BadParameter(name, f"{self.of.name} is not searched by {name!r}. Known: {known}.")
            for text in given:
                found = [param.where(one, self.holder.application_id) for one in values_of(name, text, param)]
                wanted.append(reduce(or_, found))
        return wanted


def fhir_views(of: FhirType, scope: Scope) -> tuple[type[FhirSearch], type[FhirRead]]:
    given: dict[str, Any] = {"of": of, "scope_for": {"get": scope}}
    return type(f"{of.name}Search", (FhirSearch,), dict(given)), type(f"{of.name}Read", (FhirRead,), dict(given))


def _entry(base: str, resource: FhirResource) -> dict[str, Any]:
    where = f"{base}{resource['resourceType']}/{resource['id']}"
    return {"fullUrl": where, "resource": resource, "search": {"mode": "match"}}


def _size(request: Request) -> int:
    """Fewer than were asked for may be given, says the standard; so more than the most is the most."""
    given = request.query_params.get("_count")
    if given is None:
        return USUAL
    if not (given.isascii() and given.isdigit() and int(given[:6]) >= 1):
        raise BadParameter("_count", f"Send a number from 1 to {MOST}.")
    return min(int(given[:6]), MOST)


def _after(request: Request) -> Mark | None:
    given = request.query_params.get("_after")
    if given is None:
        return None
    found = _AFTER.fullmatch(given)
    try:
        if found:
            return Mark(int(found[1]), UUID(found[2]))
    except ValueError:
        pass
    raise BadParameter("_after", "Follow the next link as it was given.")


def _following(request: Request, mark: Mark) -> str:
    kept = [(name, one) for name, given in request.query_params.lists() if name != "_after" for one in given]
    query = urlencode([*kept, ("_after", f"{mark.written_in}.{mark.id}")])
    return str(request.build_absolute_uri(f"{request.path}?{query}"))
