"""Records that may be of one person."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from core import audit
from core.errors import DomainError
from frontend.page import page, take
from frontend.request import AskedRequest
from loyalty.patients.merging.duplicates import duplicates, tell_apart
from loyalty.patients.merging.made import merges_of_late
from tenants.declare import practice_view
from tenants.permissions import Verb


@practice_view(Verb.PATIENTS_MERGE)
@require_safe
def show(request: AskedRequest) -> HttpResponse:
    found = duplicates()
    late = merges_of_late(now=timezone.now())
    audit.record("merges.read", patients=[id for one in late for id in (one.patient_id, one.merged_id)])
    return page(request, "portal/merging/duplicates.html", here="patients", found=found, late=late)


@practice_view(Verb.PATIENTS_MERGE)
@require_POST
def tell(request: AskedRequest) -> HttpResponse:
    me = request.principal.person_id

    def step() -> object:
        try:
            one, other = (UUID(request.POST.get(name, "")) for name in ("patient", "other"))
        except ValueError as error:
            raise DomainError("pair_unknown", "Press “Two people” beside the pair that it is about.") from error
        return tell_apart(patient_id=one, other_id=other, by_person_id=me, now=timezone.now())

    return take(
        request,
        step,
        back=reverse("portal:duplicates"),
        key="told-apart",
        here="patients",
    )
