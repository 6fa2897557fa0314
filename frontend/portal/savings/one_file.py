"""One file of invoice lines: its columns, how far it is, what became of it, and taking it back."""

from datetime import date
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from billing.purchasing.models import Vendor
from billing.receiving.choose_columns import choose_columns
from billing.receiving.find import found
from billing.receiving.models import FileState, PurchaseFile
from billing.receiving.rows import first_rows, rows_of
from billing.receiving.take_back import take_back
from core import audit
from core.sheets.faults import RowFault
from frontend.csv_file import csv_file
from frontend.forms.purchases import ColumnsForm
from frontend.page import done, form_page, page, take
from frontend.portal.savings.tabs import tabs
from frontend.request import AskedRequest
from tenants.declare import practice_view
from tenants.permissions import Verb

AT_WORK = (FileState.WAITING, FileState.RUNNING)
REFUSALS = 50


@practice_view(Verb.PURCHASES_MANAGE)
@require_safe
def show(request: AskedRequest, file_id: UUID) -> HttpResponse:
    of = found(file_id)
    return page(
        request,
        "portal/savings/file.html",
        here="savings",
        tabs=tabs("purchases"),
        of=of,
        vendor=Vendor.objects.get(pk=of.vendor_id),
        at_work=of.state in AT_WORK,
        refusals=of.refusals.all()[:REFUSALS],
        more=max(of.refused - REFUSALS, 0),
        may_undo=of.state in (FileState.DONE, FileState.FAILED) and of.added > 0,
    )


@practice_view(Verb.PURCHASES_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def columns(request: AskedRequest, file_id: UUID) -> HttpResponse:
    of = found(file_id)
    if of.state != FileState.OPEN:
        # Somebody else said so, or the page before was opened again: what became of it is what there is to see.
        return HttpResponseRedirect(reverse("portal:purchase-file", args=[of.id]), status=303)
    sample = first_rows(of)
    form = ColumnsForm(request.POST if request.method == "POST" else None, header=of.header, mapping=of.mapping)
    if form.attempt(lambda: choose_columns(file_id=file_id, **form.chosen)):
        return done(reverse("portal:purchase-file", args=[of.id]), "purchases-begun")
    return form_page(
        request,
        "portal/savings/columns.html",
        here="savings",
        form=form,
        tabs=tabs("purchases"),
        of=of,
        vendor=Vendor.objects.get(pk=of.vendor_id),
        sample=sample,
        again=PurchaseFile.objects.filter(digest=of.digest, state=FileState.DONE).exclude(pk=of.pk).first(),
    )


@practice_view(Verb.PURCHASES_MANAGE)
@require_safe
def progress(request: AskedRequest, file_id: UUID) -> HttpResponse:
    """A part of the page, fetched again and again; when the work is done, the whole page is."""
    of = found(file_id)
    answer = render(request, "portal/savings/progress.html", {"of": of, "at_work": of.state in AT_WORK})
    if of.state not in AT_WORK:
        answer.headers["HX-Refresh"] = "true"
    return answer


@practice_view(Verb.PURCHASES_MANAGE)
@require_safe
def refused_rows(request: AskedRequest, file_id: UUID) -> HttpResponse:  # noqa: ARG001  a view takes one
    """The rows that were not taken in, as they stood, to mend and bring again; without them once they are forgotten."""
    of = found(file_id)
    why = dict(of.refusals.values_list("row", "reason"))
    audit.record("purchases.refused_exported", subject=of)
    cells_of = {number: cells for number, cells in rows_of(of) if number in why} if of.content else {}
    rows = []
    for row, reason in sorted(why.items()):
        cells = cells_of.get(row, [])
        rows.append([str(row), reason, *([] if isinstance(cells, RowFault) else cells)])
    name = f"to-mend-{date.today():%Y-%m-%d}.csv"  # noqa: DTZ011  of the file's name only
    return csv_file(name, ["Row", "Problem", *of.header], rows)


@practice_view(Verb.PURCHASES_MANAGE)
@require_POST
def undo(request: AskedRequest, file_id: UUID) -> HttpResponse:
    return take(
        request,
        lambda: take_back(file_id=file_id, now=timezone.now()),
        back=reverse("portal:purchase-file", args=[file_id]),
        key="purchases-taken-back",
        here="savings",
    )
