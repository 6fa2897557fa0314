"""The token endpoint (RFC 6749, client credentials; RFC 8707, resource), at the network's host."""

import json
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from oauthlib.oauth2 import BackendApplicationServer, OAuth2Error

from api.access.limit import TooMany, take_token
from api.access.token_request import TokenRequests
from core import audit
from core.tenancy.scope import practice_scope
from tenants.address import client_address
from tenants.asked import program_of
from tenants.declare import public_view
from tenants.partners.tokens import GOOD_FOR, issue
from tenants.request import PlacedRequest

_FORM = "application/x-www-form-urlencoded"
# The library says only what is wrong.
_WHAT_TO_DO = {
    "invalid_request": "Send grant_type=client_credentials, scope and resource in the form, each of them once.",
    "invalid_client": "Send the client id and the secret that the network gave you, by HTTP Basic or in the form.",
    "invalid_scope": "Send as scope those that you need, with blanks between; none beyond what the practice granted.",
    "unsupported_grant_type": "Send grant_type=client_credentials.",
}
# A request for a token is a few hundred bytes.
_MOST_BYTES = 4096


@csrf_exempt
@public_view
def show(request: PlacedRequest) -> HttpResponse:
    """A token for one practice, 15 minutes; or why not, as RFC 6749 says it (section 5.2)."""
    now = timezone.now()
    if request.content_type != _FORM or int(request.headers.get("Content-Length") or 0) > _MOST_BYTES:
        return _refused(400, "invalid_request", f"Send a POST with a form ({_FORM}).")
    asked = TokenRequests(now=now)
    server = BackendApplicationServer(asked, token_expires_in=int(GOOD_FOR.total_seconds()))
    try:
        take_token(client_address(request) or "nowhere", now=now)
        with transaction.atomic():
            _, body, status = server.create_token_response(
                request.build_absolute_uri(), request.method, _form(request), _headers(request)
            )
            answer: dict[str, Any] = json.loads(body)
            if status == 200:
                answer["access_token"] = _issued(request, asked)
    except TooMany as error:
        return _refused(429, "slow_down", error.problem.detail, {"Retry-After": str(error.left.reset)})
    except OAuth2Error as error:
        return _refused(error.status_code, error.error, error.description)
    except UnicodeDecodeError:
        return _refused(400, "invalid_request", "The form is not UTF-8.")
    if status != 200:
        answer["error_description"] = _WHAT_TO_DO.get(answer["error"]) or answer.get("error_description", "")
    return _answer(status, answer, {"WWW-Authenticate": 'Basic realm="Perennial"'} if status == 401 else {})


def _issued(request: PlacedRequest, asked: TokenRequests) -> str:
    """The token, and what the practice's trail says of it."""
    grant, application = asked.grant, asked.application
    if grant is None or application is None:
        raise OAuth2Error("Nothing was granted.")
    token, row = issue(grant=grant, scopes=asked.scopes, now=asked.now)
    asker = program_of(request, application.id, "client_credentials")
    with practice_scope(grant.practice.ref), audit.asking(asker):
        audit.record("partner.signed_in", subject=grant, detail={"scopes": row.scopes})
    return token


def _form(request: HttpRequest) -> str:
    """Encoded anew: people write spaces and colons as they are, and what is asked would be passed by unsaid."""
    return urlencode(parse_qsl(request.body.decode("utf-8"), keep_blank_values=True))


def _headers(request: HttpRequest) -> dict[str, str]:
    return {"Authorization": request.headers.get("Authorization", ""), "Content-Type": _FORM}


def _refused(status: int, code: str, description: str, headers: dict[str, str] | None = None) -> HttpResponse:
    return _answer(status, {"error": code, "error_description": description}, headers or {})


def _answer(status: int, body: dict[str, Any], headers: dict[str, str]) -> HttpResponse:
    return JsonResponse(body, status=status, headers={"Cache-Control": "no-store", "Pragma": "no-cache", **headers})
