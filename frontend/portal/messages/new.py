"""Writing to a patient: choose the words, see them and whether they may go out, send."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from core.errors import DomainError
from frontend.forms.message import ChooseForm, SendForm
from frontend.page import done, form_page, page
from frontend.request import AskedRequest
from loyalty.feedback.ask_by_hand import draft_by_hand, queue_by_hand
from loyalty.messages.queue import Draft
from loyalty.messages.rules import in_words
from loyalty.models import Message, MessageState
from loyalty.patients.find import find_patient
from loyalty.practice_zone import practice_zone
from tenants.declare import practice_view
from tenants.permissions import Verb

SAID = {MessageState.QUEUED: "message-queued", MessageState.HELD: "message-held"}


@practice_view(Verb.MESSAGES_SEND)
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: AskedRequest, patient_id: UUID) -> HttpResponse:
    """`template` is the one that was chosen."""
    if request.method == "POST":
        return _send(request, patient_id)
    patient = find_patient(patient_id)
    chosen = ChooseForm(request.GET if "template" in request.GET else None)
    made, problem = _draft(patient.id, chosen)
    return page(
        request,
        "portal/messages/new.html",
        here="patients",
        patient=patient,
        form=chosen,
        draft=made,
        problem=problem,
        until=made.decision.until.astimezone(practice_zone()) if made and made.decision.until else None,
        reason=in_words(made.decision.rule) if made and made.decision.rule else "",
    )


def _draft(patient_id: UUID, chosen: ChooseForm) -> tuple[Draft | None, str]:
    """The message, or why there is none."""
    if not chosen.is_bound or not chosen.is_valid():
        return None, ""
    try:
        template_id = chosen.cleaned_data["template"].id
        return draft_by_hand(patient_id=patient_id, template_id=template_id, now=timezone.now()), ""
    except DomainError as error:
        return None, error.message


def _send(request: AskedRequest, patient_id: UUID) -> HttpResponse:
    form = SendForm(request.POST)
    message: Message | None = form.attempt(
        lambda: queue_by_hand(
            patient_id=patient_id,
            template_id=form.cleaned_data["template_id"],
            by_person_id=request.principal.person_id,
            now=timezone.now(),
        )
    )
    if message is not None and message.state in SAID:
        return done(reverse("portal:patient", args=[patient_id]), SAID[MessageState(message.state)])
    if message is not None:
        form.add_error(None, in_words(message.rule))
    return form_page(
        request, "portal/messages/not_sent.html", here="patients", form=form, patient=find_patient(patient_id)
    )
