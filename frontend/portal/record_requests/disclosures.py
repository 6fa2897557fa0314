"""To whom a patient's record was given: the ledger, and the list that a patient may ask for."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from core.tenancy.scope import current_practice
from frontend.forms.record_request import DisclosureForm, StrikeForm
from frontend.page import done, form_page, page, posted
from frontend.request import AskedRequest
from loyalty.disclosures.accounting import accounting, find_disclosure, first_day
from loyalty.disclosures.note import note_disclosure, strike_disclosure
from loyalty.patients.find import find_patient
from loyalty.patients.restrictions import restrictions_of
from loyalty.practice_zone import practice_zone
from tenants.declare import practice_view
from tenants.names import names_of
from tenants.permissions import Verb


@practice_view(Verb.RECORD_REQUESTS_NOTE)
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: AskedRequest, patient_id: UUID) -> HttpResponse:
    patient = find_patient(patient_id)
    now = timezone.now()
    today = now.astimezone(practice_zone()).date()
    form = DisclosureForm(posted(request), initial={"on": today})
    me = request.principal.person_id
    noted = form.attempt(lambda: note_disclosure(patient_id=patient.id, **form.cleaned_data, by_person_id=me, now=now))
    back = reverse("portal:disclosures", args=[patient.id])
    if noted is not None:
        return done(back, "disclosure-noted")
    given = accounting(patient=patient, today=today)
    names = names_of(one.by_person_id for one in given if one.by_person_id)
    return form_page(
        request,
        "portal/record_requests/disclosures.html",
        here="patients",
        form=form,
        patient=patient,
        given=[(one, names.get(one.by_person_id, "") if one.by_person_id else "") for one in given],
        restrictions=restrictions_of(patient.id),
        since=first_day(today),
    )


@practice_view(Verb.RECORD_REQUESTS_NOTE)
@require_safe
def printable(request: AskedRequest, patient_id: UUID) -> HttpResponse:
    patient = find_patient(patient_id)
    today = timezone.now().astimezone(practice_zone()).date()
    return page(
        request,
        "portal/record_requests/disclosures_list.html",
        here="patients",
        patient=patient,
        given=accounting(patient=patient, today=today, struck=False),
        since=first_day(today),
        today=today,
        practice=current_practice(),
    )


@practice_view(Verb.RECORD_REQUESTS_NOTE)
@require_http_methods(["GET", "HEAD", "POST"])
def strike(request: AskedRequest, patient_id: UUID, disclosure_id: UUID) -> HttpResponse:
    patient = find_patient(patient_id)
    row = find_disclosure(patient_id=patient.id, disclosure_id=disclosure_id)
    if row is None:
        raise Http404
    form = StrikeForm(posted(request))
    struck = form.attempt(
        lambda: strike_disclosure(
            disclosure_id=disclosure_id,
            because=form.cleaned_data["because"],
            by_person_id=request.principal.person_id,
            now=timezone.now(),
        )
    )
    if struck is not None:
        return done(reverse("portal:disclosures", args=[patient.id]), "disclosure-struck")
    return form_page(
        request, "portal/record_requests/strike.html", here="patients", form=form, patient=patient, row=row
    )
