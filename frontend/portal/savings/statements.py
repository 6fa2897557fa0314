"""The statements of the practice: a list, one as a page, as PDF, and as a file."""

from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from billing.purchasing.models import Statement
from core import audit
from core.errors import NotFound
from core.tenancy.scope import current_practice
from frontend.csv_file import csv_file
from frontend.page import page
from frontend.portal.savings.statement import Sheet, sheet_of
from frontend.portal.savings.tabs import tabs
from frontend.print.statement import statement_pdf
from frontend.request import AskedRequest
from tenants.declare import practice_view
from tenants.permissions import Verb


@practice_view(Verb.SAVINGS_VIEW)
@require_safe
def show(request: AskedRequest) -> HttpResponse:
    found = Statement.objects.filter(practice=current_practice().id).order_by("-first")
    return page(
        request,
        "portal/savings/statements.html",
        here="savings",
        tabs=tabs("statements"),
        sheets=[sheet_of(one) for one in found],
    )


@practice_view(Verb.SAVINGS_VIEW)
@require_safe
def one(request: AskedRequest, statement_id: UUID) -> HttpResponse:
    sheet = _sheet(statement_id, "statement.read")
    return page(request, "portal/savings/statement.html", here="savings", sheet=sheet)


@practice_view(Verb.SAVINGS_VIEW)
@require_safe
def pdf(request: AskedRequest, statement_id: UUID) -> HttpResponse:  # noqa: ARG001  a view takes one
    sheet = _sheet(statement_id, "statement.exported")
    made = statement_pdf(sheet, practice=current_practice().name, now=timezone.now())
    name = f"statement-{sheet.quarter.slug}.pdf"
    return HttpResponse(
        made, content_type="application/pdf", headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


@practice_view(Verb.SAVINGS_VIEW)
@require_safe
def file(request: AskedRequest, statement_id: UUID) -> HttpResponse:  # noqa: ARG001  a view takes one
    sheet = _sheet(statement_id, "statement.exported")
    columns = ("What", "Vendor", "Program", "From", "To", "Day", "Amount", "Currency")
    return csv_file(f"statement-{sheet.quarter.slug}.csv", columns, sheet.rows())


def _sheet(statement_id: UUID, verb: str) -> Sheet:
    found = Statement.objects.filter(pk=statement_id, practice=current_practice().id).first()
    if found is None:
        raise NotFound("statement_missing", "There is no such statement.")
    audit.record(verb, subject=found)
    return sheet_of(found)
