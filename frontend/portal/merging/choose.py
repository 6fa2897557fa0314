"""Which other record is of the same patient."""

from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from frontend.page import page
from frontend.request import AskedRequest
from loyalty.patients.find import find_patient
from loyalty.patients.merging.duplicates import duplicates
from loyalty.patients.search import search
from loyalty.practice_zone import practice_zone
from tenants.declare import practice_view
from tenants.permissions import Verb

MOST = 10


@practice_view(Verb.PATIENTS_MERGE)
@require_safe
def show(request: AskedRequest, patient_id: UUID) -> HttpResponse:
    """`q` is what is remembered of the other record; without it, those that resemble this one."""
    patient = find_patient(patient_id)
    text = request.GET.get("q", "").strip()[:200]
    today = timezone.now().astimezone(practice_zone()).date()
    hits = search(text=text, today=today, limit=MOST).hits if text else []
    pairs = [] if text else duplicates(limit=MOST, patient_id=patient.id).pairs
    return page(
        request,
        "portal/merging/choose.html",
        here="patients",
        patient=patient,
        text=text,
        hits=[hit for hit in hits if hit.id != patient.id],
        alike=[(pair.other if pair.one.id == patient.id else pair.one, pair.why) for pair in pairs],
    )
