"""The treatments a practice offers: the list, adding one, changing one, retiring it."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from frontend.forms.service import ChangeServiceForm, ServiceForm
from frontend.page import done, form_page, page, posted, take
from frontend.request import AskedRequest
from loyalty.models import Service
from loyalty.services.catalogue import add_service, change_service, restore_service, retire_service
from loyalty.services.listed import services
from tenants.declare import practice_view
from tenants.permissions import Verb

FIELDS = ("name", "minutes", "return_days", "preview", "aftercare")


@practice_view(Verb.SERVICES_MANAGE)
@require_safe
def show(request: AskedRequest) -> HttpResponse:
    found = services(now=timezone.now())
    return page(
        request,
        "portal/settings/services.html",
        here="settings",
        offered=[one for one in found if one.is_active],
        retired=[one for one in found if not one.is_active],
    )


@practice_view(Verb.SERVICES_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: AskedRequest) -> HttpResponse:
    form = ServiceForm(posted(request), initial={"minutes": 60})
    if form.attempt(lambda: add_service(**form.cleaned_data)):
        return done(reverse("portal:services"), "service-added")
    return form_page(request, "portal/settings/service.html", here="settings", form=form)


@practice_view(Verb.SERVICES_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: AskedRequest, service_id: UUID) -> HttpResponse:
    service = get_object_or_404(Service, id=service_id)
    form = ChangeServiceForm(posted(request), initial={name: getattr(service, name) for name in (*FIELDS, "version")})
    if form.attempt(lambda: change_service(service_id=service_id, **form.cleaned_data)):
        return done(reverse("portal:services"), "service-kept")
    # Read again: what somebody else kept meanwhile stands beside what was typed.
    service.refresh_from_db()
    theirs = form.is_bound and form.data.get("version", "") != str(service.version)
    if theirs:
        form.data = {**request.POST.dict(), "version": service.version}
    return form_page(
        request, "portal/settings/service.html", here="settings", form=form, service=service, theirs=theirs
    )


@practice_view(Verb.SERVICES_MANAGE)
@require_POST
def retire(request: AskedRequest, service_id: UUID) -> HttpResponse:
    return take(
        request,
        lambda: retire_service(service_id=service_id),
        back=reverse("portal:services"),
        key="service-retired",
        of=service_id,
        here="settings",
    )


@practice_view(Verb.SERVICES_MANAGE)
@require_POST
def restore(request: AskedRequest, service_id: UUID) -> HttpResponse:
    return take(
        request,
        lambda: restore_service(service_id=service_id),
        back=reverse("portal:services"),
        key="service-restored",
        here="settings",
    )
