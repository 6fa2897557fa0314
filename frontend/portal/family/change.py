"""Tying patients together, and letting go."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from core.errors import DomainError
from frontend.forms.family import GuardianForm, KinForm, ReferrerForm
from frontend.page import done, take
from frontend.portal.family.show import family_screen
from frontend.request import AskedRequest
from loyalty.family.guardian import name_guardian, remove_guardian
from loyalty.family.household import leave, live_together
from loyalty.models import Guardianship, HouseholdMember
from loyalty.referrals.note import note_referral, remove_referral
from tenants.declare import practice_view
from tenants.permissions import Verb


def _back(patient_id: UUID) -> str:
    return reverse("portal:family", args=[patient_id])


def _kin(request: AskedRequest) -> tuple[UUID, str]:
    """Raises DomainError where nobody was chosen."""
    form = KinForm(request.POST)
    if not form.is_valid():
        raise DomainError(
            "nobody_chosen", "Choose somebody first: find them by name, then press the button beside them."
        )
    return form.cleaned_data["other"], form.cleaned_data["relation"]


@practice_view(Verb.PATIENTS_CHANGE)
@require_POST
def join(request: AskedRequest, patient_id: UUID) -> HttpResponse:

    def step() -> object:
        other, relation = _kin(request)
        return live_together(patient_id=patient_id, other_id=other, relation=relation)

    return take(
        request,
        step,
        back=_back(patient_id),
        key="household-joined",
        here="patients",
    )


@practice_view(Verb.PATIENTS_CHANGE)
@require_POST
def move_out(request: AskedRequest, patient_id: UUID, member_id: UUID) -> HttpResponse:
    homes = HouseholdMember.objects.filter(patient_id=patient_id).values("household_id")
    if not HouseholdMember.objects.filter(id=member_id, household_id__in=homes).exists():
        raise Http404
    return take(
        request, lambda: leave(member_id=member_id), back=_back(patient_id), key="household-left", here="patients"
    )


@practice_view(Verb.PATIENTS_CHANGE)
@require_POST
def guard(request: AskedRequest, patient_id: UUID) -> HttpResponse:

    def step() -> object:
        other, relation = _kin(request)
        return name_guardian(patient_id=patient_id, guardian_id=other, relation=relation, now=timezone.now())

    return take(
        request,
        step,
        back=_back(patient_id),
        key="guardian-kept",
        here="patients",
    )


@practice_view(Verb.PATIENTS_CHANGE)
@require_POST
def guard_by_name(request: AskedRequest, patient_id: UUID) -> HttpResponse:
    form = GuardianForm(request.POST)
    if form.attempt(lambda: name_guardian(patient_id=patient_id, **form.cleaned_data, now=timezone.now())):
        return done(_back(patient_id), "guardian-kept")
    return family_screen(request, patient_id, guardian=form)


@practice_view(Verb.PATIENTS_CHANGE)
@require_POST
def unguard(request: AskedRequest, patient_id: UUID, guardianship_id: UUID) -> HttpResponse:
    if not Guardianship.objects.filter(id=guardianship_id, patient_id=patient_id).exists():
        raise Http404
    return take(
        request,
        lambda: remove_guardian(guardianship_id=guardianship_id),
        back=_back(patient_id),
        key="guardian-removed",
        here="patients",
    )


@practice_view(Verb.PATIENTS_CHANGE)
@require_POST
def refer(request: AskedRequest, patient_id: UUID) -> HttpResponse:

    def step() -> object:
        other, _ = _kin(request)
        return note_referral(patient_id=patient_id, referrer_id=other, now=timezone.now())

    return take(
        request,
        step,
        back=_back(patient_id),
        key="referral-noted",
        here="patients",
    )


@practice_view(Verb.PATIENTS_CHANGE)
@require_POST
def refer_by_name(request: AskedRequest, patient_id: UUID) -> HttpResponse:
    form = ReferrerForm(request.POST, auto_id="id_referrer_%s")
    if form.attempt(
        lambda: note_referral(patient_id=patient_id, referrer_name=form.cleaned_data["name"], now=timezone.now())
    ):
        return done(_back(patient_id), "referral-noted")
    return family_screen(request, patient_id, referrer=form)


@practice_view(Verb.PATIENTS_CHANGE)
@require_POST
def unrefer(request: AskedRequest, patient_id: UUID) -> HttpResponse:
    return take(
        request,
        lambda: remove_referral(patient_id=patient_id),
        back=_back(patient_id),
        key="referral-removed",
        here="patients",
    )
