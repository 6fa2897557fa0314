"""Opening one visit on a tablet: by the tablet's name, or by six digits."""

from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from core.errors import DomainError
from frontend.page import page, refused, take
from frontend.portal.me import staff_id_of
from frontend.request import AskedRequest
from loyalty.kiosk.enrolled import kiosks
from loyalty.kiosk.of_visit import asking_about
from loyalty.kiosk.open_visit import call_off, open_by_code, open_on
from loyalty.models import Visit, VisitStatus
from loyalty.visits.find import find_visit
from tenants.declare import practice_view
from tenants.permissions import Verb

HERE = "today"


@practice_view(Verb.KIOSK_OPEN)
@require_safe
def show(request: AskedRequest, visit_id: UUID) -> HttpResponse:
    return _page(request, find_visit(visit_id))


@practice_view(Verb.KIOSK_OPEN)
@require_POST
def open_here(request: AskedRequest, visit_id: UUID) -> HttpResponse:
    try:
        kiosk_id = UUID(request.POST.get("kiosk", ""))
    except ValueError:
        unchosen = DomainError("kiosk_unchosen", "Choose a tablet first.")
        return refused(request, unchosen, back=_address(visit_id), here=HERE)
    me = staff_id_of(request.principal)
    return take(
        request,
        lambda: open_on(visit_id=visit_id, kiosk_id=kiosk_id, by_staff_id=me, now=timezone.now()),
        back=_address(visit_id),
        key="tablet-opened",
        here=HERE,
    )


@practice_view(Verb.KIOSK_OPEN)
@require_POST
def give_code(request: AskedRequest, visit_id: UUID) -> HttpResponse:
    """The six digits are shown in the answer itself, once."""
    me = staff_id_of(request.principal)
    try:
        _, code = open_by_code(visit_id=visit_id, by_staff_id=me, now=timezone.now())
    except DomainError as error:
        return refused(request, error, back=_address(visit_id), here=HERE)
    return _page(request, find_visit(visit_id), code=f"{code[:3]} {code[3:]}")


@practice_view(Verb.KIOSK_OPEN)
@require_POST
def end(request: AskedRequest, visit_id: UUID) -> HttpResponse:
    return take(
        request,
        lambda: call_off(visit_id=visit_id, now=timezone.now()),
        back=_address(visit_id),
        key="tablet-called-off",
        here=HERE,
    )


def _page(request: AskedRequest, visit: Visit, *, code: str = "") -> HttpResponse:
    now, zone = timezone.now(), ZoneInfo(visit.location.time_zone)
    asking = asking_about(visit.id, now=now)
    tablets = [one for one in kiosks() if one.is_enrolled]
    return page(
        request,
        "portal/kiosks/visit.html",
        here=HERE,
        visit=visit,
        asking=asking,
        until=asking.until.astimezone(zone) if asking.until else None,
        at=visit.starts_at.astimezone(zone),
        is_today=visit.day == now.astimezone(zone).date()
        and visit.status in (VisitStatus.ARRIVED, VisitStatus.COMPLETED),
        # Those beside the patient first.
        tablets=sorted(tablets, key=lambda one: one.location_id != visit.location_id),
        may_enroll=request.principal.may(Verb.KIOSKS_MANAGE),
        code=code,
    )


def _address(visit_id: UUID) -> str:
    return reverse("portal:visit-tablet", args=[visit_id])
