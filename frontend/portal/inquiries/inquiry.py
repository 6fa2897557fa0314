"""One inquiry: called, handed on, corrected, closed, opened again, made a patient."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from frontend.forms.feedback_inbox import staff_of
from frontend.forms.inquiry import BecomePatientForm, CallForm, CloseForm, InquiryForm
from frontend.page import done, form_page, page, posted, take
from frontend.portal.me import staff_id_of
from frontend.request import AskedRequest
from loyalty.inquiries.assign import assign
from loyalty.inquiries.become_patient import become_patient
from loyalty.inquiries.call import call
from loyalty.inquiries.close import close, reopen
from loyalty.inquiries.inquiry import InquiryPage, inquiry_page
from loyalty.inquiries.known import known
from loyalty.inquiries.take import correct
from loyalty.staff.at_work import at_work
from tenants.declare import practice_view
from tenants.permissions import Verb


@practice_view(Verb.INQUIRIES_MANAGE)
@require_safe
def show(request: AskedRequest, inquiry_id: UUID) -> HttpResponse:
    return _page(request, inquiry_id)


@practice_view(Verb.INQUIRIES_MANAGE)
@require_POST
def add_call(request: AskedRequest, inquiry_id: UUID) -> HttpResponse:
    form, me = CallForm(request.POST, prefix="call"), staff_id_of(request.principal)
    made = form.attempt(lambda: call(inquiry_id=inquiry_id, **form.cleaned_data, by_staff_id=me, now=timezone.now()))
    if made is None:
        return _page(request, inquiry_id, call=form)
    return done(_of(inquiry_id), "inquiry-called")


@practice_view(Verb.INQUIRIES_MANAGE)
@require_POST
def closing(request: AskedRequest, inquiry_id: UUID) -> HttpResponse:
    form = CloseForm(request.POST, prefix="close")
    if form.attempt(lambda: close(inquiry_id=inquiry_id, because=form.reason(), now=timezone.now())) is None:
        return _page(request, inquiry_id, closing=form)
    return done(_of(inquiry_id), "inquiry-closed", of=inquiry_id)


@practice_view(Verb.INQUIRIES_MANAGE)
@require_POST
def reopening(request: AskedRequest, inquiry_id: UUID) -> HttpResponse:
    return take(
        request,
        lambda: reopen(inquiry_id=inquiry_id, now=timezone.now()),
        back=_of(inquiry_id),
        key="inquiry-reopened",
        here="inquiries",
    )


@practice_view(Verb.INQUIRIES_MANAGE)
@require_POST
def owner(request: AskedRequest, inquiry_id: UUID) -> HttpResponse:
    to, was = staff_of(request.POST, "to"), staff_of(request.POST, "was")
    return take(
        request,
        lambda: assign(inquiry_id=inquiry_id, staff_id=to, was=was, now=timezone.now()),
        back=_of(inquiry_id),
        key="inquiry-assigned",
        here="inquiries",
    )


@practice_view(Verb.INQUIRIES_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def correction(request: AskedRequest, inquiry_id: UUID) -> HttpResponse:
    opened = _opened(inquiry_id)
    form = InquiryForm(posted(request), initial=InquiryForm.initial_of(opened.inquiry))
    sent_by = opened.inquiry.referrer_id
    kept = form.attempt(lambda: correct(inquiry_id=inquiry_id, **form.asked(referrer_id=sent_by), now=timezone.now()))
    if kept is not None:
        return done(_of(inquiry_id), "inquiry-corrected")
    return form_page(request, "portal/inquiries/correct.html", here="inquiries", form=form, opened=opened)


@practice_view(Verb.INQUIRIES_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def patient(request: AskedRequest, inquiry_id: UUID) -> HttpResponse:
    """They become a patient, with the first visit at once where its day is known."""
    opened = _opened(inquiry_id)
    there = known(opened.inquiry)
    form = BecomePatientForm(posted(request), inquiry=opened.inquiry, known=there)
    me = staff_id_of(request.principal)
    kept = form.attempt(
        lambda: become_patient(
            inquiry_id=inquiry_id,
            who=form.person(),
            sure_new=form.cleaned_data["who"] == "new" and form.asks_who,
            keep=form.cleaned_data.get("keep", ()),
            first_visit=form.first_visit(),
            by_staff_id=me,
            now=timezone.now(),
        )
    )
    if kept is not None:
        booked = bool(form.cleaned_data["day"])
        return done(
            reverse("portal:patient", args=[kept.patient_id]), "inquiry-patient-booked" if booked else "inquiry-patient"
        )
    return form_page(request, "portal/inquiries/patient.html", here="inquiries", form=form, opened=opened, there=there)


def _page(request: AskedRequest, inquiry_id: UUID, **bound: Any) -> HttpResponse:
    """With the one form that was refused, and the others empty."""
    forms = {"call": CallForm(prefix="call"), "closing": CloseForm(prefix="close")}
    return page(
        request,
        "portal/inquiries/show.html",
        here="inquiries",
        status=422 if bound else 200,
        opened=_opened(inquiry_id),
        staff=list(at_work()),
        refused=next(iter(bound.values()), None),
        **{**forms, **bound},
    )


def _opened(inquiry_id: UUID) -> InquiryPage:
    return inquiry_page(inquiry_id=inquiry_id, now=timezone.now())


def _of(inquiry_id: UUID) -> str:
    return reverse("portal:inquiry", args=[inquiry_id])
