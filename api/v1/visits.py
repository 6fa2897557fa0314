"""Visits: booked, moved, and what became of them."""

from typing import ClassVar
from uuid import UUID

from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response

from api.body import fields
from api.body.read import Body
from api.precondition import unless_changed
from api.v1.pages import only_known
from api.v1.reading import Changeable, Growing
from core.exchange.external_id import checked_external_id
from loyalty.exchange.visits import VISITS
from loyalty.exchange.write_visit import act_on_visit, change_visit_for, write_new_visit
from tenants.partners.scopes import Scope


class _VisitBody(Body):
    read_only_names: ClassVar[frozenset[str]] = frozenset(VISITS.fields)


class WalkInBody(_VisitBody):
    patient_id = fields.Id(required=True)
    location_id = fields.Id(required=True)
    staff_id = fields.Id(allow_null=True)
    service_id = fields.Id(allow_null=True)
    external_id = fields.Text(check=checked_external_id)


class NewVisitBody(WalkInBody):
    starts_at = fields.Moment(required=True)


class ChangedVisitBody(_VisitBody):
    starts_at = fields.Moment()
    external_id = fields.Text(check=checked_external_id)


class NoBody(Body):
    """A verb needs nothing but its address: an empty object, or no body at all."""


class Visits(Growing):
    scope_for = {"get": Scope.VISITS_READ, "post": Scope.VISITS_WRITE}
    takes: ClassVar[dict[str, type[Body]]] = {"post": NewVisitBody}
    resource = VISITS

    # A walk-in is made elsewhere, and stands among all visits.
    kept_at = "api:visits"
    creates = staticmethod(write_new_visit)


class WalkIns(Visits):
    """A patient who comes without a booking, now."""

    scope_for = {"post": Scope.VISITS_WRITE}
    http_method_names: ClassVar[list[str]] = ["post"]
    takes = {"post": WalkInBody}


class Visit(Changeable):
    scope_for = {"get": Scope.VISITS_READ, "patch": Scope.VISITS_WRITE}
    takes: ClassVar[dict[str, type[Body]]] = {"patch": ChangedVisitBody}
    resource = VISITS
    changes = staticmethod(change_visit_for)


class VisitVerb(Visit):
    """One step of a visit's life. If-Match may be sent; a step that was done already is a conflict without it."""

    scope_for = {"post": Scope.VISITS_WRITE}
    http_method_names: ClassVar[list[str]] = ["post"]
    takes = {"post": NoBody}
    verb = ""

    def post(self, request: Request, row_id: UUID) -> Response:
        only_known(request)
        if request._request.body:
            self.sent(request)
        row = act_on_visit(
            self.verb,
            visit_id=row_id,
            application_id=self.holder.application_id,
            unless_changed=unless_changed(request, required=False),
            now=timezone.now(),
        )
        return self.answer(row)
