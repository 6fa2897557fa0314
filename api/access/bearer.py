"""The token of a request: in its header and nowhere else, and good at this host alone."""

from typing import cast

from django.utils import timezone
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from tenants.partners.tokens import Holder, holder_of
from tenants.request import PlacedRequest

# What is never a token of ours is not looked for in the database.
_LONGEST = 100


class BearerAuthentication(BaseAuthentication):
    """Raises AuthenticationFailed for a token that is not good here; without one, nobody asks."""

    def authenticate(self, request: Request) -> tuple[Holder, str] | None:
        given = request.headers.get("authorization", "")
        if not given:
            return None
        scheme, _, token = given.partition(" ")
        practice = cast("PlacedRequest", request._request).practice
        if scheme.lower() != "bearer" or not token or len(token) > _LONGEST or practice is None:
            raise AuthenticationFailed
        holder = holder_of(token, practice=practice, now=timezone.now())
        if holder is None:
            raise AuthenticationFailed
        return holder, token

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"
