"""What a merge would do, and doing it."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from core.errors import DomainError
from frontend.forms.merge import MergeForm
from frontend.page import done, form_page, posted, refused
from frontend.request import AskedRequest
from loyalty.patients.merging.merge import merge
from loyalty.patients.merging.preview import preview
from tenants.declare import practice_view
from tenants.permissions import Verb


@practice_view(Verb.PATIENTS_MERGE)
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: AskedRequest, patient_id: UUID, merged_id: UUID) -> HttpResponse:
    try:
        given = preview(patient_id=patient_id, merged_id=merged_id, now=timezone.now())
    except DomainError as error:
        return refused(request, error, back=reverse("portal:patient", args=[patient_id]), here="patients")
    form = MergeForm(posted(request), asked=given.choices)
    made = form.attempt(
        lambda: merge(
            patient_id=patient_id,
            merged_id=merged_id,
            take=form.taken(),
            by_person_id=request.principal.person_id,
            now=timezone.now(),
        )
    )
    if made is not None:
        return done(reverse("portal:patient", args=[patient_id]), "merged", of=made.id)
    return form_page(request, "portal/merging/merge.html", here="patients", form=form, given=given)
