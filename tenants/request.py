"""A request as it is after the middleware of this package: it has a place, and perhaps somebody who asks."""

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from core.tenancy.scope import PracticeRef
from tenants.models import Person
from tenants.principal import Principal


class PlacedRequest(HttpRequest):
    """practice: None on the network host. principal: falsy for someone who is not signed in."""

    practice: PracticeRef | None
    principal: Principal | None
    user: Person | AnonymousUser
