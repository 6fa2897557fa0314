"""Files of patients and visits: brought, read, checked, imported, and taken back."""

import re
from typing import ClassVar
from uuid import UUID

from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response

from api.body import fields
from api.body.read import Body
from api.problem import TOO_LARGE, Refused
from api.v1.pages import BadParameter, only_known
from api.view import PartnerView
from loyalty.exchange import imports
from loyalty.intake.sheets.look import MOST_COLUMNS
from loyalty.models import ImportKind
from tenants.partners.scopes import Scope

MOST = 24 * 1024 * 1024
# In base64, with its name around it.
_SENT = MOST * 4 // 3 + 4096
_AFTER = re.compile(r"(\d{1,9})\.([0-9a-f-]{36})")


class NewImportBody(Body):
    file_name = fields.Text(required=True, most=200)
    content = fields.Content(required=True, most=MOST)
    kind = fields.Choice(ImportKind.values)


class ReadingBody(Body):
    kind = fields.Choice(ImportKind.values)
    encoding = fields.Text(most=20)
    separator = fields.Text(most=1)
    sheet = fields.Text(most=120)
    header_row = fields.Whole()


class ColumnsBody(Body):
    mapping = fields.Many(fields.Text(most=24), most=MOST_COLUMNS, required=True)
    known_as = fields.Text()
    date_order = fields.Choice(["", "mdy", "dmy"])
    location_id = fields.Id(allow_null=True)


class Imports(PartnerView):
    scope_for = {"get": Scope.IMPORTS_READ, "post": Scope.IMPORTS_WRITE}
    takes: ClassVar[dict[str, type[Body]]] = {"post": NewImportBody}

    def initial(self, request: Request, *args: object, **kwargs: object) -> None:
        """Larger bodies than anywhere else, once it is known who sends them. Raises Refused."""
        super().initial(request, *args, **kwargs)
        if request.method == "POST":
            length = request.META.get("CONTENT_LENGTH") or "0"
            if not length.isdigit() or int(length[:12]) > _SENT:
                raise Refused(TOO_LARGE)
            request._request._body = request._request.read(_SENT)

    def get(self, request: Request) -> Response:
        only_known(request)
        return Response({"data": imports.every_import(now=timezone.now()), "next": None})

    def post(self, request: Request) -> Response:
        only_known(request)
        given = self.sent(request)
        row = imports.bring_file(
            file_name=given["file_name"],
            content=given["content"],
            kind=given.get("kind", ""),
            application_id=self.holder.application_id,
            now=timezone.now(),
        )
        where = request.build_absolute_uri(f"{request.path}{row['id']}/")
        return Response(row, status=201, headers={"Location": where})


class Import(PartnerView):
    scope_for = {"get": Scope.IMPORTS_READ, "delete": Scope.IMPORTS_WRITE}

    def get(self, request: Request, import_id: UUID) -> Response:
        only_known(request)
        return Response(imports.one_import(import_id, now=timezone.now()))

    def delete(self, request: Request, import_id: UUID) -> Response:
        only_known(request)
        imports.throw_away(import_id)
        return Response(status=204)


class ImportReading(PartnerView):
    scope_for = {"post": Scope.IMPORTS_WRITE}
    takes: ClassVar[dict[str, type[Body]]] = {"post": ReadingBody}

    def post(self, request: Request, import_id: UUID) -> Response:
        only_known(request)
        return Response(imports.say_reading(import_id, given=self.sent(request), now=timezone.now()))


class ImportColumns(PartnerView):
    scope_for = {"get": Scope.IMPORTS_READ, "post": Scope.IMPORTS_WRITE}
    takes: ClassVar[dict[str, type[Body]]] = {"post": ColumnsBody}

    def get(self, request: Request, import_id: UUID) -> Response:
        only_known(request)
        return Response(imports.columns_of(import_id))

    def post(self, request: Request, import_id: UUID) -> Response:
        only_known(request)
        return Response(imports.say_columns(import_id, given=self.sent(request), now=timezone.now()))


class ImportPreview(PartnerView):
    scope_for = {"get": Scope.IMPORTS_READ}

    def get(self, request: Request, import_id: UUID) -> Response:
        only_known(request)
        return Response(imports.preview_of(import_id, now=timezone.now()))


class ImportErrors(PartnerView):
    scope_for = {"get": Scope.IMPORTS_READ}

    def get(self, request: Request, import_id: UUID) -> Response:
        """In the order of the file. after: the `next` of the page before."""
        rows, more = imports.issues_of(import_id, after=_after(request))
        return Response({"data": rows, "next": f"{more[0]}.{more[1]}" if more else None})


class ImportStep(PartnerView):
    scope_for = {"post": Scope.IMPORTS_WRITE}
    verb = ""

    def post(self, request: Request, import_id: UUID) -> Response:
        only_known(request)
        return Response(imports.step_import(self.verb, import_id, now=timezone.now()))


def _after(request: Request) -> tuple[int, UUID] | None:
    """Raises BadParameter."""
    for name in request.query_params:
        if name != "after" or len(request.query_params.getlist(name)) > 1:
            raise BadParameter(name, f"There is no parameter {name!r} here. Known: after.")
    given = request.query_params.get("after")
    if given is None:
        return None
    found = _AFTER.fullmatch(given)
    try:
        if found:
            return int(found[1]), UUID(found[2])
    except ValueError:
        pass
    raise BadParameter("after", "Send what the page before gave as next, unchanged.")
