"""Monthly reports: every month to read again, and the mail that says when there is a new one."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import audit
from core.tenancy.scope import current_practice
from frontend.page import page, take
from frontend.print.report import report_pdf
from frontend.request import AskedRequest
from loyalty.models import MonthlyReport
from loyalty.reports.content import Content
from tenants.asked import somebody
from tenants.declare import practice_view, public_view
from tenants.permissions import Verb
from tenants.report_mail import is_stopped, membership_of, stop_reports, want_reports, wants_reports
from tenants.request import PlacedRequest


@practice_view(Verb.BENCHMARKS_VIEW)
@require_safe
def show(request: AskedRequest) -> HttpResponse:
    return page(
        request,
        "portal/benchmarks/reports.html",
        here="benchmarks",
        reports=MonthlyReport.objects.only("id", "month", "made_at"),
        wanted=wants_reports(practice=current_practice(), person_id=request.principal.person_id),
    )


@practice_view(Verb.BENCHMARKS_VIEW)
@require_safe
def one(_request: AskedRequest, monthly_report_id: UUID) -> HttpResponse:
    report = MonthlyReport.objects.filter(id=monthly_report_id).first()
    if report is None:
        raise Http404
    made = report_pdf(
        Content.of_json(report.content),
        practice=current_practice().name,
        month=report.month,
        made=report.made_at.date(),
        now=timezone.now(),
    )
    audit.record("report.read", subject=report, detail={"month": f"{report.month:%Y-%m}"})
    name = f'attachment; filename="report-{report.month:%Y-%m}.pdf"'
    return HttpResponse(made, content_type="application/pdf", headers={"Content-Disposition": name})


@practice_view(Verb.BENCHMARKS_VIEW)
@require_POST
def mail(request: AskedRequest) -> HttpResponse:
    """`wanted` is "yes" or "no"."""
    wanted = request.POST.get("wanted") == "yes"
    latest = MonthlyReport.objects.values_list("month", flat=True).first()
    me = request.principal
    return take(
        request,
        lambda: want_reports(practice=current_practice(), person_id=me.person_id, wanted=wanted, latest=latest),
        back=reverse("portal:reports"),
        key="reports-mailed" if wanted else "reports-not-mailed",
        here="benchmarks",
    )


@csrf_exempt
@public_view
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: PlacedRequest, token: str) -> HttpResponse:
    """Opening the page stops nothing: mail filters open every link. RFC 8058 sends a POST, without cookies."""
    membership_id = membership_of(token, request.practice) if request.practice else None
    if membership_id is None:
        raise Http404
    if request.method == "POST":
        with audit.asking(somebody(request, "signed")):
            stop_reports(membership_id=membership_id)
    return render(request, "portal/benchmarks/reports_stop.html", {"stopped": is_stopped(membership_id=membership_id)})
