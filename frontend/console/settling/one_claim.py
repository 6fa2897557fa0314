"""One claim: its parts, its file, what was paid of it, and what never will be."""

from tempfile import TemporaryFile
from uuid import UUID

from django.db.models import Sum
from django.http import FileResponse, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from billing.purchasing.claims.deliveries import deliveries_of
from billing.purchasing.claims.file import bytes_of, name_of
from billing.purchasing.claims.listed import one_claim
from billing.purchasing.claims.overdue import overdue
from billing.purchasing.models import PaymentShare, WriteOff
from billing.purchasing.payments.open_claim import standing
from billing.purchasing.payments.record_payment import record_payment
from billing.purchasing.payments.write_off import write_off
from core import audit
from frontend.forms.settling import PaymentForm, WriteOffForm
from frontend.page import done, form_page, posted
from frontend.request import AskedRequest
from tenants.declare import network_view
from tenants.permissions import Verb

HERE = "claims"


@network_view(Verb.PURCHASING_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: AskedRequest, claim_id: UUID) -> HttpResponse:
    claim = one_claim(claim_id)
    form = PaymentForm(posted(request), currency=claim.currency, initial={"day": timezone.localdate()})
    payment = form.attempt(
        lambda: record_payment(
            claim_id=claim_id, **form.cleaned_data, by_name=request.principal.person_name, now=timezone.now()
        )
    )
    if payment:
        return done(reverse("console:claim", args=[claim_id]), "payment-recorded")
    paid = dict(
        PaymentShare.objects.filter(of__claim=claim)
        .values_list("of")
        .annotate(sum=Sum("cents"))
        .values_list("of", "sum")
    )
    lines = claim.lines.select_related("practice", "program").order_by("practice__name", "program__name")
    stands = standing(claim)
    audit.record("claim.read", subject=claim)
    return form_page(
        request,
        "console/settling/claim.html",
        here=HERE,
        form=form,
        claim=claim,
        standing=stands,
        lines=[(line, int(paid.get(line.pk, 0))) for line in lines],
        payments=claim.payments.order_by("day", "created_at"),
        deliveries=deliveries_of(claim),
        late=next(iter(overdue([stands], now=timezone.now())), None),
        off=WriteOff.objects.filter(claim=claim).first(),
        today=timezone.localdate(),
    )


@network_view(Verb.PURCHASING_MANAGE)
@require_safe
def file(request: AskedRequest, claim_id: UUID) -> FileResponse:  # noqa: ARG001  a view takes one
    claim = one_claim(claim_id)
    audit.record("claim.exported", subject=claim)
    # On disk, not in memory.
    made = TemporaryFile()  # noqa: SIM115  closed by the response
    made.writelines(bytes_of(claim))
    made.seek(0)
    return FileResponse(made, as_attachment=True, filename=name_of(claim), content_type="text/csv; charset=utf-8")


@network_view(Verb.PURCHASING_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def off(request: AskedRequest, claim_id: UUID) -> HttpResponse:
    claim = one_claim(claim_id)
    form = WriteOffForm(posted(request))
    made = form.attempt(
        lambda: write_off(
            claim_id=claim_id, **form.cleaned_data, by_name=request.principal.person_name, now=timezone.now()
        )
    )
    if made:
        return done(reverse("console:claim", args=[claim_id]), "claim-written-off")
    return form_page(
        request, "console/settling/write_off.html", here=HERE, form=form, claim=claim, standing=standing(claim)
    )
