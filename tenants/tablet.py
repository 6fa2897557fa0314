"""A practice's tablet as it asks: by a cookie of its own host, for years, that no script reads and no other site sends.

It is not a session: nobody is signed in with it. What the token stands for is known inside the practice alone.
"""

from collections.abc import Callable
from uuid import UUID, uuid4

from django.conf import settings
from django.http import HttpResponseBase
from django.shortcuts import render

from core import audit
from tenants.address import client_address
from tenants.asked import place_of
from tenants.permissions import KIOSK
from tenants.request import PlacedRequest

# find(token, now=…) → the id of the tablet that the token was given to, asked inside the practice; None for none.
Find = Callable[..., UUID | None]
_YEARS = 2 * 365 * 24 * 3600
GONE = 410


class TabletRequest(PlacedRequest):
    """A request of an enrolled tablet."""

    tablet_id: UUID


def cookie_name() -> str:
    """Browsers keep a cookie of this name to the very host that set it."""
    return "__Host-kiosk" if settings.SESSION_COOKIE_SECURE else "kiosk"


def token_of(request: PlacedRequest) -> str:
    return request.COOKIES.get(cookie_name(), "")


def give_token(response: HttpResponseBase, token: str) -> None:
    response.set_cookie(
        cookie_name(),
        token,
        max_age=_YEARS,
        path="/",
        secure=bool(settings.SESSION_COOKIE_SECURE),
        httponly=True,
        samesite="Strict",
    )


def take_token(response: HttpResponseBase) -> None:
    # Not delete_cookie(): it would not say Strict.
    response.set_cookie(
        cookie_name(),
        "",
        max_age=0,
        path="/",
        secure=bool(settings.SESSION_COOKIE_SECURE),
        httponly=True,
        samesite="Strict",
    )


def no_longer(request: PlacedRequest) -> HttpResponseBase:
    """What a tablet meets whose token is good for nothing (any more)."""
    response = render(request, "kiosk/gone.html", status=GONE)
    take_token(response)
    return response


def tablet_asks(request: PlacedRequest, *, tablet_id: UUID, why: str) -> audit.Asker:
    return audit.Asker(
        kind=audit.AskerKind.KIOSK,
        id=tablet_id,
        role=KIOSK,
        where=place_of(request),
        why=why,
        address=client_address(request),
        request=uuid4(),
    )
