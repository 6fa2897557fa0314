"""A merge that was made, and taking it back."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from frontend.page import page, take
from frontend.request import AskedRequest
from loyalty.patients.merging.made import merge_made
from loyalty.patients.merging.undo import undo_merge
from tenants.declare import practice_view
from tenants.names import names_of
from tenants.permissions import Verb


@practice_view(Verb.PATIENTS_MERGE)
@require_safe
def show(request: AskedRequest, merge_id: UUID) -> HttpResponse:
    made = merge_made(merge_id=merge_id, now=timezone.now())
    names = names_of([made.by_person_id] if made.by_person_id else [])
    by = names.get(made.by_person_id, "") if made.by_person_id else ""
    return page(request, "portal/merging/made.html", here="patients", made=made, by=by)


@practice_view(Verb.PATIENTS_MERGE)
@require_POST
def take_back(request: AskedRequest, merge_id: UUID) -> HttpResponse:
    back = reverse("portal:merge-made", args=[merge_id])
    me = request.principal.person_id
    return take(
        request,
        lambda: undo_merge(merge_id=merge_id, by_person_id=me, now=timezone.now()),
        back=back,
        key="unmerged",
        here="patients",
    )
