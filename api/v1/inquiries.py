"""Inquiries: whoever asked before they booked, and a form on a website that hands them in."""

from typing import ClassVar

from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response

from api.body import fields
from api.body.read import Body
from api.made import made
from api.v1.pages import only_known
from api.v1.reading import Many, One
from loyalty.exchange.contact import INQUIRIES
from loyalty.exchange.write_inquiry import write_new_inquiry
from loyalty.models import FoundVia
from tenants.partners.scopes import Scope


class InquiryBody(Body):
    read_only_names: ClassVar[frozenset[str]] = frozenset(INQUIRIES.fields)

    name = fields.Text(required=True)
    phone = fields.Text()
    email = fields.Text()
    guardian_name = fields.Text()
    found_via = fields.Choice(FoundVia.values)
    referrer_name = fields.Text()
    wants = fields.Text()
    expects = fields.Text()
    worries = fields.Text()
    location_id = fields.Id(allow_null=True)


class Inquiries(Many):
    scope_for = {"get": Scope.INQUIRIES_READ, "post": Scope.INQUIRIES_WRITE}
    takes: ClassVar[dict[str, type[Body]]] = {"post": InquiryBody}
    resource = INQUIRIES

    def post(self, request: Request) -> Response:
        only_known(request)
        given = self.sent(request)
        row = write_new_inquiry(given=given, application_id=self.holder.application_id, now=timezone.now())
        return made(request, row)


class Inquiry(One):
    scope_for = {"get": Scope.INQUIRIES_READ}
    resource = INQUIRIES
