"""How the practice asks for public reviews, where, and the proof that it asks everybody alike."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from frontend.forms.asking import AskingForm, NewSiteForm, SiteForm
from frontend.page import done, form_page, page, posted
from frontend.portal.reviews.intervals import drawn
from frontend.portal.reviews.tabs import tabs_for
from frontend.request import AskedRequest
from loyalty.models import MessageTemplate, ReviewSite, TemplateKind
from loyalty.reviews.asking import asking_now, set_asking
from loyalty.reviews.certificate import certificate
from loyalty.reviews.listed import standings
from loyalty.reviews.sites import add_site, set_site
from tenants.declare import practice_view
from tenants.permissions import Verb


@practice_view(Verb.REVIEWS_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: AskedRequest) -> HttpResponse:
    now_set = asking_now()
    form = AskingForm(
        posted(request),
        initial={name: getattr(now_set, name) for name in ("is_on", "every_days", "share", "after_days")},
    )
    if form.attempt(lambda: set_asking(**form.cleaned_data)):
        return done(reverse("portal:review-asking"), "review-asking-kept")
    return form_page(
        request,
        "portal/reviews/asking.html",
        here="reviews",
        form=form,
        tabs=tabs_for(request.principal, "asking"),
        is_on=now_set.is_on,
        sites=standings(),
        templates=MessageTemplate.objects.filter(kind=TemplateKind.REVIEW).order_by("channel", "name"),
        may_write=request.principal.may(Verb.TEMPLATES_MANAGE),
    )


@practice_view(Verb.REVIEWS_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def new_site(request: AskedRequest) -> HttpResponse:
    form = NewSiteForm(posted(request))
    site = form.attempt(lambda: add_site(**form.cleaned_data))
    if site is not None:
        return done(reverse("portal:review-site", args=[site.id]), "review-site-kept")
    return form_page(request, "portal/reviews/site_new.html", here="reviews", form=form)


@practice_view(Verb.REVIEWS_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def site(request: AskedRequest, site_id: UUID) -> HttpResponse:
    kept = get_object_or_404(ReviewSite, id=site_id)
    form = SiteForm(posted(request), initial={"own_url": kept.own_url, "asking_allowed": kept.asking_allowed})
    if form.attempt(lambda: set_site(site_id=site_id, **form.cleaned_data)):
        return done(reverse("portal:review-asking"), "review-site-kept")
    return form_page(request, "portal/reviews/site.html", here="reviews", form=form, site=kept)


@practice_view(Verb.FEEDBACK_VIEW)
@require_safe
def proof(request: AskedRequest) -> HttpResponse:
    made = certificate(now=timezone.now())
    return page(
        request,
        "portal/reviews/certificate.html",
        here="reviews",
        tabs=tabs_for(request.principal, "certificate"),
        made=made,
        rows=[drawn(line) for line in (*made.lines, made.everyone)],
        may_manage=request.principal.may(Verb.REVIEWS_MANAGE),
    )
