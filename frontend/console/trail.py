"""What was done in the network: practices opened, paused and left, people of the network, sign-ins. Never a patient."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from core import audit
from core.audit.read import network_trail
from core.audit.record import DENIED
from core.models import NetworkEntry
from frontend.forms.trail import NetworkTrailForm
from frontend.page import page
from frontend.request import AskedRequest
from frontend.trail.paging import asked_in, older, place_after
from frontend.trail.who import program, role, who
from frontend.trail.words import words_of
from tenants.declare import network_view
from tenants.models import Practice
from tenants.names import every_program, names_of, people_of_the_network
from tenants.permissions import Verb

PAGE = 50
# The network spans time zones; its own trail is told in the one that all of them can compute from.
ZONE = ZoneInfo("UTC")


@dataclass(frozen=True, slots=True)
class Line:
    """One entry as it is shown; whom: the practice, program and person it concerns, as far as there are any."""

    at: datetime
    who: str
    role: str
    what: str
    refused: bool
    whom: tuple[str, ...]
    address: str


@network_view(Verb.NETWORK_TRAIL_VIEW)
@require_safe
def show(request: AskedRequest) -> HttpResponse:
    practices = dict(Practice.objects.order_by("name").values_list("id", "name"))
    form = NetworkTrailForm(request.GET or None, people=people_of_the_network(), practices=practices)
    found = network_trail(form.wanted(ZONE), limit=PAGE, after=place_after(request))
    programs = every_program()
    names = {**programs, **names_of(id for entry in found.entries for id in (entry.asker_id, entry.person_id) if id)}
    audit.record("trail.read")
    asked = asked_in(request, form)
    return page(
        request,
        "console/trail.html",
        here="trail",
        form=form,
        lines=[_line(entry, names, practices, programs) for entry in found.entries],
        narrowed=bool(asked),
        older=older(asked, found.after),
    )


def _line(entry: NetworkEntry, names: dict[UUID, str], practices: dict[UUID, str], programs: dict[UUID, str]) -> Line:
    whom = [practices.get(entry.practice_id, "A practice that is gone")] if entry.practice_id else []
    if concerned := program(entry, programs):
        whom.append(concerned)
    if entry.person_id and entry.person_id != entry.asker_id:
        whom.append(names.get(entry.person_id, "Somebody who was erased"))
    return Line(
        at=entry.at.astimezone(ZONE),
        who=who(entry, names),
        role=role(entry),
        what=words_of(entry.verb),
        refused=entry.outcome == DENIED,
        whom=tuple(whom),
        address=entry.address or "",
    )
