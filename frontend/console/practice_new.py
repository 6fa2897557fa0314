"""Opening a practice: from its application, or for somebody the network invites by itself."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from frontend.console.applications import application_of
from frontend.forms.practice import PracticeForm
from frontend.page import done, form_page, posted
from frontend.request import AskedRequest
from tenants.actions.open_practice import open_practice
from tenants.declare import network_view
from tenants.hosts import host_of
from tenants.models import Application, Practice
from tenants.permissions import Verb
from tenants.slugs import is_free, is_well_formed, slug_of, suggested


@network_view(Verb.PRACTICES_OPEN)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: AskedRequest) -> HttpResponse:
    """`application` in the address names the one that is answered; without it the practice is invited directly."""
    application = _application(request)
    form = PracticeForm(posted(request), initial=_known(application), regions=_regions())
    practice = form.attempt(
        lambda: open_practice(
            **form.cleaned_data,
            application_id=application.id if application else None,
            by=request.principal,
            now=timezone.now(),
        )
    )
    if practice is not None:
        return done(reverse("console:member", args=[practice.id]), "practice-opened")
    return form_page(
        request,
        "console/practice_new.html",
        here="members",
        form=form,
        application=application,
        domain=host_of(""),
        address=_address(form["slug"].value() or "", form["name"].value() or "", form["city"].value() or ""),
    )


@network_view(Verb.PRACTICES_OPEN)
@require_safe
def address(request: AskedRequest) -> HttpResponse:
    """Whether the address can be had, while it is typed; without one, what the name suggests."""
    given = {key: request.GET.get(key, "").strip()[:120] for key in ("slug", "name", "city")}
    return render(request, "console/practice_address.html", {"address": _address(**given)})


def _address(slug: str, name: str, city: str) -> dict[str, Any]:
    wanted = slug or suggested(name, city=city)
    good = is_well_formed(wanted)
    free = good and is_free(wanted)
    return {
        "host": host_of(wanted) if good else "",
        "slug": wanted,
        "given": bool(slug),
        "good": good,
        "free": free,
        "other": "" if free or not wanted else suggested(name or slug_of(slug), city=city),
    }


def _application(request: AskedRequest) -> Application | None:
    given = request.GET.get("application", "")
    if not given:
        return None
    try:
        return application_of(UUID(given))
    except ValueError as error:
        raise Http404 from error


def _known(application: Application | None) -> dict[str, str]:
    """What the application has told already."""
    if application is None:
        return {}
    return {
        "name": application.practice_name,
        "slug": suggested(application.practice_name, city=application.city),
        "practice_type": application.practice_type,
        "size_band": application.size_band,
        "city": application.city,
        "state": application.state,
        "time_zone": application.time_zone,
        "owner_name": application.contact_name,
        "owner_email": application.email,
    }


def _regions() -> list[str]:
    named = Practice.objects.exclude(region="").order_by("region").values_list("region", flat=True)
    return list(named.distinct())
