"""What a patient agreed to: every question, the answer that holds, and all answers before."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from frontend.forms.consent import ConsentForm
from frontend.page import done, form_page, posted
from frontend.request import AskedRequest
from loyalty.messages.consent import answer_many, history, questions
from loyalty.messages.wording import VERSION
from loyalty.models import Channel, Consent, ConsentPurpose
from loyalty.patients.find import find_patient
from loyalty.practice_zone import practice_zone
from tenants.declare import practice_view
from tenants.names import names_of
from tenants.permissions import Verb


@dataclass(frozen=True, slots=True)
class Past:
    """One answer of the history. by: who wrote it down, "" where the patient did it themselves."""

    at: datetime
    about: str
    granted: bool
    source: str
    by: str
    wording: str
    version: str


@practice_view(Verb.CONSENTS_CHANGE)
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: AskedRequest, patient_id: UUID) -> HttpResponse:
    patient = find_patient(patient_id)
    asked = questions(patient_id=patient.id)
    form = ConsentForm(posted(request), questions=asked, initial={"version": VERSION})
    written = form.attempt(
        lambda: answer_many(
            patient_id=patient.id,
            given=form.given(),
            source=form.cleaned_data["source"],
            version=form.cleaned_data["version"],
            by_person_id=request.principal.person_id,
            now=timezone.now(),
        )
    )
    if written:
        return done(reverse("portal:consents", args=[patient.id]), "consent-kept")
    return form_page(
        request, "portal/messages/consents.html", here="patients", form=form, patient=patient, past=_past(patient.id)
    )


def _past(patient_id: UUID) -> list[Past]:
    answers, zone = history(patient_id=patient_id), practice_zone()
    names = names_of(one.by_person_id for one in answers if one.by_person_id)
    return [_one(answer, answer.decided_at.astimezone(zone), names) for answer in answers]


def _one(answer: Consent, at: datetime, names: dict[UUID, str]) -> Past:
    return Past(
        at=at,
        about=f"{Channel(answer.channel).label}, {ConsentPurpose(answer.purpose).label.lower()}",
        granted=answer.granted,
        source=answer.source,
        by=names.get(answer.by_person_id, "") if answer.by_person_id else "",
        wording=answer.wording,
        version=answer.wording_version,
    )
