"""The views of a resource: its list, and one of it, which may be changed over the version that was seen."""

from typing import Any, ClassVar
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response

from api.made import made
from api.precondition import answered, etag_of, unless_changed
from api.v1.pages import only_known, paged
from api.view import PartnerView
from core.exchange.read import read_one
from core.exchange.resource import Changes, Creates, Resource
from tenants.partners.scopes import Scope


class Many(PartnerView):
    resource: ClassVar[Resource]

    def get(self, request: Request) -> Response:
        return paged(request, self.resource, self.holder.application_id)


class One(PartnerView):
    resource: ClassVar[Resource]

    def get(self, request: Request, row_id: UUID) -> Response:
        only_known(request)
        return answered(request, read_one(self.resource, row_id, application_id=self.holder.application_id))


def read_only(resource: Resource, scope: Scope) -> tuple[type[Many], type[One]]:
    """The views of a resource that programs read and do not write: its list, and one of it."""
    given = {"resource": resource, "scope_for": {"get": scope}}
    title = resource.name.capitalize()
    return type(f"{title}List", (Many,), dict(given)), type(title, (One,), dict(given))


class Growing(Many):
    """What `takes` says of "post" is the shape of a new one."""

    # The name of the address of its kind, where one is made at another.
    kept_at: ClassVar[str] = ""
    creates: ClassVar[Creates]

    def post(self, request: Request) -> Response:
        only_known(request)
        row = self.creates(given=self.sent(request), application_id=self.holder.application_id, now=timezone.now())
        self.about = row[self.resource.patient] if self.resource.patient else None
        at = reverse(self.kept_at, urlconf="infra.urls_practice") if self.kept_at else ""
        return made(request, row, at=at)


class Changeable(One):
    """What `takes` says of "patch" is the shape of a change."""

    changes: ClassVar[Changes]

    def patch(self, request: Request, row_id: UUID) -> Response:
        only_known(request)
        check = unless_changed(request, required=True)
        row = self.changes(
            row_id=row_id,
            given=self.sent(request),
            application_id=self.holder.application_id,
            unless_changed=check,
            now=timezone.now(),
        )
        return self.answer(row)

    def answer(self, row: dict[str, Any]) -> Response:
        """What it has become, with its version."""
        self.about = row[self.resource.patient] if self.resource.patient else None
        return Response(row, headers={"ETag": etag_of(row)})
