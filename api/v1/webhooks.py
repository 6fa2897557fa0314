"""Where this program is told what happens, what was told, and telling it again."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar
from uuid import UUID

from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response

from api.body import fields
from api.body.read import Body
from api.made import made
from api.once import ShownOnce
from api.precondition import answered, etag_of, unless_changed
from api.problem import InsufficientScope
from api.v1.pages import BadParameter, only_known
from api.v1.webhook_rows import delivery_row, endpoint_row
from api.view import PartnerView
from core.errors import DomainError
from tenants.webhooks.add import add_endpoint
from tenants.webhooks.again import replay, replay_missed, send_test
from tenants.webhooks.change import change_endpoint, remove_endpoint
from tenants.webhooks.event_types import EVENT_TYPES
from tenants.webhooks.granted import must_be_granted
from tenants.webhooks.listed import deliveries_of, endpoints_of, one_delivery, one_endpoint
from tenants.webhooks.renew_secret import renew_secret
from tenants.webhooks.switch_off import set_on

READ_ONLY = frozenset({"id", "is_on", "switched_off", "health", "waiting", "missed", "last_arrived_at"})


def version(row: dict[str, Any]) -> dict[str, Any]:
    """What of an address is its version: what a program changes, and not how it does."""
    return {name: row[name] for name in ("id", "url", "event_types", "is_on")}


class NewEndpointBody(Body):
    read_only_names: ClassVar[frozenset[str]] = READ_ONLY
    url = fields.Text(required=True)
    event_types = fields.Many(fields.Text(), most=len(EVENT_TYPES), required=True)


class EndpointBody(Body):
    read_only_names: ClassVar[frozenset[str]] = READ_ONLY - {"is_on"}
    url = fields.Text()
    event_types = fields.Many(fields.Text(), most=len(EVENT_TYPES))
    is_on = fields.Flag()


class SecretBody(Body):
    seen_by_others = fields.Flag(required=True)


@contextmanager
def _as_sent() -> Iterator[None]:
    """A refusal names the member that was sent."""
    try:
        yield
    except DomainError as error:
        if error.field == "kinds":
            error.field = "event_types"
        raise


class _Own(PartnerView):
    """Whoever holds a token here may say where it is told: of what the token lets it read, and the grant goes on to."""

    @property
    def of(self) -> UUID:
        return self.holder.grant_id

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """A token that may not read something does not have it told either, whatever was granted.

        Raises InsufficientScope, before anything is begun.
        """
        super().initial(request, *args, **kwargs)
        kinds = self.sent(request).get("event_types", ()) if (request.method or "").lower() in self.takes else ()
        needed = {one.scope: None for one in EVENT_TYPES if one.name in kinds and not self.holder.may(one.scope)}
        if needed:
            raise InsufficientScope([scope.value for scope in needed])


class EventTypes(_Own):
    scope_for = {"get": None}

    def get(self, request: Request) -> Response:
        only_known(request)
        rows = [
            {"name": one.name, "scope": one.scope.value, "means": one.means, "offered": self.holder.may(one.scope)}
            for one in EVENT_TYPES
        ]
        return Response({"data": rows, "next": None})


class Endpoints(_Own):
    scope_for = {"get": None, "post": None}
    takes = {"post": NewEndpointBody}

    def get(self, request: Request) -> Response:
        only_known(request)
        rows = [endpoint_row(one) for one in endpoints_of(must_be_granted(self.of))]
        return Response({"data": rows, "next": None})

    def post(self, request: Request) -> Response:
        """The secret is in this answer and in no other, also not in one that is given again."""
        only_known(request)
        given = self.sent(request)
        with _as_sent():
            new = add_endpoint(grant_id=self.of, url=given["url"], kinds=given["event_types"], now=timezone.now())
        response = made(request, endpoint_row(one_endpoint(new.endpoint.id)))
        response["ETag"] = etag_of(version(response.data))
        return ShownOnce.of(response, secret=new.secret)


class Endpoint(_Own):
    scope_for = {"get": None, "patch": None, "delete": None}
    takes = {"patch": EndpointBody}

    def get(self, request: Request, endpoint_id: UUID) -> Response:
        only_known(request)
        row = self.row(endpoint_id)
        return answered(request, version(row), shown=row)

    def patch(self, request: Request, endpoint_id: UUID) -> Response:
        only_known(request)
        check = unless_changed(request, required=True)
        given = self.sent(request)
        check(version(self.row(endpoint_id)))
        if "url" in given or "event_types" in given:
            with _as_sent():
                change_endpoint(
                    endpoint_id=endpoint_id, grant_id=self.of, url=given.get("url"), kinds=given.get("event_types")
                )
        if "is_on" in given:
            set_on(endpoint_id=endpoint_id, grant_id=self.of, on=given["is_on"], now=timezone.now())
        row = self.row(endpoint_id)
        return Response(row, headers={"ETag": etag_of(version(row))})

    def delete(self, request: Request, endpoint_id: UUID) -> Response:
        only_known(request)
        check = unless_changed(request, required=False)
        check(version(self.row(endpoint_id)))
        remove_endpoint(endpoint_id=endpoint_id, grant_id=self.of)
        return Response(status=204)

    def row(self, endpoint_id: UUID) -> dict[str, Any]:
        return endpoint_row(one_endpoint(endpoint_id, grant_id=self.of))


class EndpointSecret(_Own):
    scope_for = {"post": None}
    takes = {"post": SecretBody}

    def post(self, request: Request, endpoint_id: UUID) -> Response:
        """Both sign for a day, unless the old one was seen by others."""
        only_known(request)
        stolen = self.sent(request)["seen_by_others"]
        new = renew_secret(endpoint_id=endpoint_id, grant_id=self.of, stolen=stolen, now=timezone.now())
        response = Response({"id": endpoint_id, "old_signs_until": new.endpoint.old_secret_until})
        return ShownOnce.of(response, secret=new.secret)


class EndpointTest(_Own):
    scope_for = {"post": None}

    def post(self, request: Request, endpoint_id: UUID) -> Response:
        only_known(request)
        sent = send_test(endpoint_id=endpoint_id, grant_id=self.of, now=timezone.now())
        return Response(delivery_row(one_delivery(sent.id, grant_id=self.of)))


class EndpointMissed(_Own):
    """Everything that did not arrive, once more."""

    scope_for = {"post": None}

    def post(self, request: Request, endpoint_id: UUID) -> Response:
        only_known(request)
        count = replay_missed(endpoint_id=endpoint_id, grant_id=self.of, now=timezone.now())
        return Response({"count": count})


class Deliveries(_Own):
    scope_for = {"get": None}

    def get(self, request: Request, endpoint_id: UUID) -> Response:
        """The newest first. after: the `next` of the page before."""
        one_endpoint(endpoint_id, grant_id=self.of)
        for name in request.query_params:
            if name != "after" or len(request.query_params.getlist(name)) > 1:
                raise BadParameter(name, "Known here: after, once.")
        after = request.query_params.get("after")
        if after is not None and not (after.isascii() and after.isdigit() and len(after) < 19):
            raise BadParameter("after", "Send what the page before gave as next, unchanged.")
        found, more = deliveries_of(self.of, endpoint_id=endpoint_id, before=int(after) if after else None)
        return Response({"data": [delivery_row(one) for one in found], "next": str(found[-1].number) if more else None})


class DeliveryReplay(_Own):
    scope_for = {"post": None}

    def post(self, request: Request, delivery_id: UUID) -> Response:
        only_known(request)
        again = replay(delivery_id=delivery_id, grant_id=self.of, now=timezone.now())
        return Response(delivery_row(one_delivery(again.id, grant_id=self.of)))
