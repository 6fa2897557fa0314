"""The first steps of a new practice, each ticked off by facts, never by hand."""

from dataclasses import dataclass

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from frontend.page import page
from frontend.request import AskedRequest
from loyalty.first_steps import FirstSteps, first_steps
from tenants.actions.set_getting_started_aside import set_getting_started_aside
from tenants.declare import practice_view
from tenants.permissions import Verb


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the list. go: what the button says, "" where there is nothing to press."""

    title: str
    why: str
    is_done: bool
    go: str = ""
    href: str = ""


@practice_view(Verb.GETTING_STARTED)
@require_safe
def show(request: AskedRequest) -> HttpResponse:
    steps = steps_of(request)
    return page(
        request,
        "portal/getting_started.html",
        here="today",
        steps=steps,
        number_done=sum(step.is_done for step in steps),
        next=next((step for step in steps if not step.is_done), None),
    )


@practice_view(Verb.GETTING_STARTED)
@require_POST
def set_aside(request: AskedRequest) -> HttpResponse:
    if request.practice is None:
        raise Http404
    set_getting_started_aside(practice=request.practice, now=timezone.now())
    return HttpResponseRedirect(reverse("portal:today"), status=303)


def steps_left(request: AskedRequest) -> list[Step]:
    """What is still to do, for the page that reminds of it; nothing for others, or once the list is set aside.

    A list that is done sets itself aside, so that a practice that has begun is not looked through every morning.
    """
    me = request.principal
    if request.practice is None or not me.starting or not me.may(Verb.GETTING_STARTED):
        return []
    left = [step for step in steps_of(request) if not step.is_done]
    if not left:
        set_getting_started_aside(practice=request.practice, now=timezone.now())
    return left


def steps_of(request: AskedRequest) -> list[Step]:
    agreed = request.principal.agreed
    facts = first_steps() if agreed else FirstSteps()
    stored = request.session.stored
    return [
        Step(
            "Set up a second factor",
            "A code from your phone, or a passkey, beside the password. Everybody here has one.",
            stored is not None and stored.has_second_factor,
            "Set it up",
            reverse("account_security"),
        ),
        Step(
            "Accept the agreements",
            "Terms and business associate agreement. Before that, the database takes no patient.",
            agreed,
            "Read and accept",
            reverse("portal:agreements"),
        ),
        Step(
            "Give your location its postal address",
            "It stands on cards, envelopes and in the foot of emails.",
            facts.has_address,
            "Enter the address" if facts.place else "",
            reverse("portal:location", args=[facts.place]) if facts.place else "",
        ),
        Step(
            "Invite who treats patients",
            "Thank-you notes go to the person who treated. Invite the front desk, too.",
            facts.has_provider,
            "Invite your team",
            reverse("portal:people"),
        ),
        Step(
            "Add your first patient",
            "A name is enough to begin.",
            facts.has_patient,
            "Add a patient",
            reverse("portal:patient-new"),
        ),
        Step(
            "Complete a visit",
            "From a patient’s page: “Is here now”, then “Complete”.",
            facts.has_completed_visit,
            "Find a patient",
            reverse("portal:patients"),
        ),
        Step(
            "Write the first note",
            "By hand, within 48 hours. It takes two minutes.",
            facts.has_note,
            "Notes to write",
            reverse("portal:notes"),
        ),
    ]
