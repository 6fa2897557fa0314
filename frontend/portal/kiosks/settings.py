"""The tablets of the practice: enrolled, seen, revoked."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.errors import DomainError
from frontend.forms.kiosk import KioskForm
from frontend.page import form_page, page, posted, refused, take
from frontend.request import AskedRequest
from loyalty.feedback.asked import DAYS, asked_by_mode
from loyalty.kiosk.enroll import Invited, invite_again, invite_tablet
from loyalty.kiosk.enrolled import kiosks
from loyalty.kiosk.revoke import revoke
from loyalty.practice_zone import practice_zone
from tenants.declare import practice_view
from tenants.hosts import url_of
from tenants.permissions import Verb
from tenants.second_factor.qr import draw

HERE = "settings"


@practice_view(Verb.KIOSKS_MANAGE)
@require_safe
def show(request: AskedRequest) -> HttpResponse:
    now, zone = timezone.now(), practice_zone()
    return page(
        request,
        "portal/kiosks/list.html",
        here=HERE,
        kiosks=kiosks(),
        asked=asked_by_mode(today=now.astimezone(zone).date()),
        days=DAYS,
        has_pin=bool(request.user.pin),
    )


@practice_view(Verb.KIOSKS_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: AskedRequest) -> HttpResponse:
    form = KioskForm(posted(request))
    invited = form.attempt(lambda: invite_tablet(**form.cleaned_data, now=timezone.now()))
    if invited is not None:
        return _code(request, invited)
    return form_page(request, "portal/kiosks/new.html", here=HERE, form=form)


@practice_view(Verb.KIOSKS_MANAGE)
@require_POST
def renew(request: AskedRequest, kiosk_id: UUID) -> HttpResponse:
    try:
        return _code(request, invite_again(kiosk_id=kiosk_id, now=timezone.now()))
    except DomainError as error:
        return refused(request, error, back=reverse("portal:kiosks"), here=HERE)


@practice_view(Verb.KIOSKS_MANAGE)
@require_POST
def end(request: AskedRequest, kiosk_id: UUID) -> HttpResponse:
    return take(
        request,
        lambda: revoke(kiosk_id=kiosk_id, now=timezone.now()),
        back=reverse("portal:kiosks"),
        key="kiosk-revoked",
        here=HERE,
    )


def _code(request: AskedRequest, invited: Invited) -> HttpResponse:
    """Shown in the answer itself, once: an address that led here again would have to keep the code."""
    slug = request.practice.slug if request.practice else ""
    link = url_of(slug, reverse("portal:kiosk-enrollment-link", args=[invited.code]))
    return page(
        request,
        "portal/kiosks/code.html",
        here=HERE,
        kiosk=invited.kiosk,
        code=f"{invited.code[:5]}-{invited.code[5:]}",
        link=link,
        typed_at=url_of(slug, reverse("portal:kiosk-enrollment")),
        until=invited.until.astimezone(practice_zone()),
        qr=draw(link),
    )
