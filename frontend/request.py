"""A request as our declared views get it."""

from django_htmx.middleware import HtmxDetails

from tenants.models import Person
from tenants.principal import Principal
from tenants.request import PlacedRequest


class AskedRequest(PlacedRequest):
    """Somebody is signed in and may ask this. htmx: truthy where a part of a page is fetched in the background."""

    principal: Principal
    user: Person
    htmx: HtmxDetails
