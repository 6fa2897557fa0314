"""What oauthlib asks us about a request for a token: who it is, and what was granted at which practice."""

import base64
import binascii
import re
from datetime import datetime
from typing import Any

from oauthlib.common import Request
from oauthlib.oauth2 import OAuth2Error, RequestValidator

from core.errors import NotFound
from tenants.hosts import url_of
from tenants.models import PartnerApplication, PartnerGrant
from tenants.partners.tokens import application_of, granted_scopes, open_grant

_HOST = re.compile(r"https?://([a-z0-9][a-z0-9-]{0,39})\.")


class InvalidTarget(OAuth2Error):
    """RFC 8707, section 2: the resource is missing, not one, or not one that was granted."""

    error = "invalid_target"


def resource_of(slug: str) -> str:
    """What a practice is called in a request for a token: where its resources are."""
    return url_of(slug, "/api/v1/")


class TokenRequests(RequestValidator):
    """One for each request. `application` and `grant` are what it found."""

    def __init__(self, *, now: datetime) -> None:
        self.now = now
        self.application: PartnerApplication | None = None
        self.grant: PartnerGrant | None = None
        self.scopes: list[str] = []

    def authenticate_client(self, request: Request, *args: Any, **kwargs: Any) -> bool:
        """By HTTP Basic or in the form, one of them (RFC 6749, section 2.3)."""
        basic = request.headers.get("Authorization", "")
        in_form = (request.client_id or "", request.client_secret or "")
        if basic and any(in_form):
            return False
        client_id, secret = _basic(basic) if basic else in_form
        self.application = application_of(client_id, secret, now=self.now)
        if self.application is None:
            return False
        request.client = self.application
        request.client_id = client_id
        return True

    def validate_grant_type(
        self, client_id: str, grant_type: str, client: PartnerApplication, request: Request, *args: Any, **kwargs: Any
    ) -> bool:
        return grant_type == "client_credentials"

    def get_default_scopes(self, client_id: str, request: Request, *args: Any, **kwargs: Any) -> list[str]:
        """None: a program says what it wants."""
        return []

    def validate_scopes(
        self, client_id: str, scopes: list[str], client: PartnerApplication, request: Request, *args: Any, **kwargs: Any
    ) -> bool:
        """Exactly one resource, granted; and no scope beyond the grant. Raises InvalidTarget."""
        self.grant = self._grant(request, client)
        self.scopes = list(dict.fromkeys(scopes))
        return bool(scopes) and set(scopes) <= set(granted_scopes(self.grant, client))

    def save_token(self, token: dict[str, Any], request: Request, *args: Any, **kwargs: Any) -> None:
        """Kept by the view, with the entry in the trail."""

    def _grant(self, request: Request, application: PartnerApplication) -> PartnerGrant:
        named = getattr(request, "resource", None) or ""
        if not named or "resource" in request.duplicate_params:
            raise InvalidTarget("Send exactly one resource: the address of the practice's API.", request=request)
        found = _HOST.match(named)
        try:
            # Compared whole: an address that only looks like a practice's is another one.
            if found is None or named != resource_of(found[1]):
                raise NotFound("no_practice", "That is no practice's address.")
            return open_grant(application, slug=found[1])
        except NotFound:
            refused = "No practice at that address has granted this program. Send its address with /api/v1/ at the end."
            raise InvalidTarget(refused, request=request) from None


def _basic(header: str) -> tuple[str, str]:
    scheme, _, packed = header.partition(" ")
    if scheme.lower() != "basic":
        return "", ""
    try:
        client_id, _, secret = base64.b64decode(packed, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return "", ""
    return client_id, secret
