"""What every resource of the API is: asked with a token, inside its practice, in one transaction with the trail."""

from collections.abc import Callable
from typing import Any, ClassVar, cast
from urllib.parse import unquote_to_bytes
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from rest_framework.exceptions import NotAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.access.limit import Left, TooMany, take
from api.body.read import Body, read_body
from api.goes import Goes
from api.once import WRITING, key_of, once
from api.problem import BAD_QUERY, LENGTH_NEEDED, READ_ONLY, InsufficientScope, Refused
from api.render import JsonRenderer
from core import audit
from core.tenancy.scope import PracticeRef, practice_scope
from tenants.asked import program_of
from tenants.partners.scopes import Scope, needed
from tenants.partners.tokens import Holder
from tenants.request import PlacedRequest

PARTNER = "partner"
Handler = Callable[..., Response]


class PartnerView(APIView):
    """`scope_for` names the scope of each method that is offered; None: any token that is good here.

    A method that it does not name is refused. What a method answers is rendered outside of the practice: plain values.
    """

    scope_for: ClassVar[dict[str, Scope | None]] = {}
    # The shape of the body of each method that reads one.
    takes: ClassVar[dict[str, type[Body]]] = {}
    # Where it is taken out one day.
    goes: ClassVar[Goes | None] = None
    http_method_names: ClassVar[list[str]] = ["get", "head", "post", "put", "patch", "delete"]
    renderer_classes = (JsonRenderer,)
    left: Left | None = None
    # The patient that an answer to a write is about: it is kept for whoever asks again, and goes when they go.
    about: UUID | None = None

    @classmethod
    def as_view(cls, **initkwargs: Any) -> Any:
        view = super().as_view(**initkwargs)
        view.declared_permission = PARTNER
        return view

    def sent(self, request: Request) -> dict[str, Any]:
        """The body, only what was sent. Raises as `read_body`."""
        return read_body(request, self.takes[(request.method or "").lower()])

    @property
    def holder(self) -> Holder:
        return cast("Holder", self.request.user)

    @property
    def practice(self) -> PracticeRef:
        """The practice of the host; the token was found to be good there."""
        practice = cast("PlacedRequest", self.request._request).practice
        if practice is None:
            raise NotAuthenticated
        return practice

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """As Django REST framework does it, but what answers runs inside the practice."""
        self.args, self.kwargs = args, kwargs
        asked = self.initialize_request(request, *args, **kwargs)
        self.request, self.headers = asked, self.default_response_headers
        try:
            self.initial(asked, *args, **kwargs)
            handler = cast("Handler", getattr(self, (asked.method or "").lower()))
            key = self._key(asked)
            with practice_scope(self.practice), audit.asking(self._asker(asked)), transaction.atomic():
                response = self._answer(asked, key, lambda: handler(asked, *args, **kwargs))
        except Exception as error:  # noqa: BLE001  what nobody foresaw is raised again by the framework
            response = self.handle_exception(error)
        self.response = self.finalize_response(asked, response, *args, **kwargs)
        return cast("HttpResponseBase", self.response)

    def _key(self, request: Request) -> str | None:
        """Of a write: needed where nothing else makes sure that it is done once."""
        method = (request.method or "").lower()
        return key_of(request, required=method == "post") if method in WRITING else None

    def _answer(self, request: Request, key: str | None, do: Callable[[], Response]) -> Response:
        if key is None:
            return do()
        return once(request, key=key, application_id=self.holder.application_id, do=do, about=lambda: self.about)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Raises as those it asks, and Refused for what would be read as something else, or as nothing."""
        super().initial(request, *args, **kwargs)
        try:
            unquote_to_bytes(request.META.get("QUERY_STRING", "")).decode()
        except UnicodeDecodeError:
            raise Refused(BAD_QUERY) from None
        if request.headers.get("transfer-encoding") and not request.headers.get("content-length"):
            raise Refused(LENGTH_NEEDED)

    def check_permissions(self, request: Request) -> None:
        """Raises NotAuthenticated without a token, InsufficientScope for one that may do less, and
        Refused in a practice that is read-only."""
        if not isinstance(request.user, Holder):
            raise NotAuthenticated
        method = _offered_as(request)
        if method not in self.http_method_names or not hasattr(self, method):
            self.http_method_not_allowed(request)
        if method not in self.scope_for:
            self.permission_denied(request)
        scope = self.scope_for[method]
        missing = [one.value for one in needed(scope) if not self.holder.may(one)] if scope is not None else []
        if missing:
            raise InsufficientScope(missing)
        if method in WRITING and self.holder.read_only:
            raise Refused(READ_ONLY)

    def check_throttles(self, request: Request) -> None:
        """Raises TooMany."""
        self.left = take(self.holder.application_id, self.practice.id, now=timezone.now())

    def handle_exception(self, exc: Exception) -> Response:
        if isinstance(exc, TooMany):
            self.left = exc.left
        elif isinstance(exc, InsufficientScope):
            # After whatever was begun is undone: the try is written down all the same.
            with practice_scope(self.practice), audit.asking(self._asker(self.request)):
                audit.denied("address.open", detail={"scope": exc.missing[0]})
        return super().handle_exception(exc)

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        if self.left is not None:
            for name, value in self.left.headers.items():
                response[name] = value
            if response.status_code == 429:
                response["Retry-After"] = str(self.left.reset)
        if self.goes is not None:
            for name, value in self.goes.headers.items():
                response[name] = value
        return super().finalize_response(request, response, *args, **kwargs)

    def _asker(self, request: Request) -> audit.Asker:
        scope = self.scope_for.get(_offered_as(request))
        placed = cast("PlacedRequest", request._request)
        return program_of(placed, self.holder.application_id, scope.value if scope else "token")


def _offered_as(request: Request) -> str:
    """The method in lower case; HEAD is offered wherever GET is."""
    method = (request.method or "").lower()
    return "get" if method == "head" else method
