"""How a claim reaches its vendor: by our mail, or another way that somebody notes; and how the vendor is reminded."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from billing.purchasing.claims.deliveries import deliveries_of
from billing.purchasing.claims.file import name_of
from billing.purchasing.claims.listed import one_claim
from billing.purchasing.claims.mail_claim import mail_claim
from billing.purchasing.claims.note_delivery import note_delivery
from billing.purchasing.claims.overdue import overdue
from billing.purchasing.claims.remind import remind
from billing.purchasing.payments.open_claim import standing
from frontend.forms.settling import DeliveryForm, MailClaimForm
from frontend.page import done, form_page, posted
from frontend.request import AskedRequest
from tenants.declare import network_view
from tenants.permissions import Verb

HERE = "claims"


@network_view(Verb.PURCHASING_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def mail(request: AskedRequest, claim_id: UUID) -> HttpResponse:
    claim = one_claim(claim_id)
    form, me = MailClaimForm(posted(request)), request.principal
    asked = form.attempt(
        lambda: mail_claim(claim_id=claim_id, **form.cleaned_data, by_person_id=me.person_id, by_name=me.person_name)
    )
    if asked:
        return done(reverse("console:claim", args=[claim_id]), "claim-mailing")
    return form_page(
        request,
        "console/settling/mail.html",
        here=HERE,
        form=form,
        claim=claim,
        to=claim.contract.vendor.email,
        may_mail=deliveries_of(claim).may_mail,
        file=name_of(claim),
    )


@network_view(Verb.PURCHASING_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def reminder(request: AskedRequest, claim_id: UUID) -> HttpResponse:
    claim, now = one_claim(claim_id), timezone.now()
    form, me = MailClaimForm(posted(request)), request.principal
    asked = form.attempt(
        lambda: remind(
            claim_id=claim_id, **form.cleaned_data, by_person_id=me.person_id, by_name=me.person_name, now=now
        )
    )
    if asked:
        return done(reverse("console:claim", args=[claim_id]), "claim-reminding")
    return form_page(
        request,
        "console/settling/reminder.html",
        here=HERE,
        form=form,
        claim=claim,
        late=next(iter(overdue([standing(claim)], now=now)), None),
        to=claim.contract.vendor.email,
        file=name_of(claim),
    )


@network_view(Verb.PURCHASING_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def note(request: AskedRequest, claim_id: UUID) -> HttpResponse:
    claim = one_claim(claim_id)
    form = DeliveryForm(posted(request), initial={"day": timezone.localdate()})
    noted = form.attempt(
        lambda: note_delivery(
            claim_id=claim_id, **form.cleaned_data, by_name=request.principal.person_name, now=timezone.now()
        )
    )
    if noted:
        return done(reverse("console:claim", args=[claim_id]), "claim-noted")
    return form_page(request, "console/settling/delivery.html", here=HERE, form=form, claim=claim)
