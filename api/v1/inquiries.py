"""Inquiries: whoever asked before they booked, and a form on a website that hands them in."""

from typing import ClassVar

from api.body import fields
from api.body.read import Body
from api.v1.reading import Growing, One
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


class Inquiries(Growing):
    scope_for = {"get": Scope.INQUIRIES_READ, "post": Scope.INQUIRIES_WRITE}
    takes: ClassVar[dict[str, type[Body]]] = {"post": InquiryBody}
    resource = INQUIRIES
    creates = staticmethod(write_new_inquiry)


class Inquiry(One):
    scope_for = {"get": Scope.INQUIRIES_READ}
    resource = INQUIRIES
