"""The members of the network: who, since when, under which agreement. Never a patient, never a figure of one member."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from frontend.page import page, seen_before
from frontend.request import AskedRequest
from loyalty.benchmarks.quality import member_qualities
from tenants.declare import network_view
from tenants.models import Practice
from tenants.permissions import Verb

PAGE = 25
NEEDS_AGREEMENT = "agreement"


@dataclass(frozen=True, slots=True)
class Choice:
    key: str
    text: str
    count: int
    here: bool


@network_view(Verb.MEMBERS_VIEW)
@require_safe
def show(request: AskedRequest) -> HttpResponse:
    """`q` finds by name or region, `kind` keeps some of them, `from` is the number of those already seen."""
    text, kind = request.GET.get("q", "").strip()[:120], request.GET.get("kind", "")
    everybody = find_members(text)
    qualities = member_qualities()
    kept = [member for member in everybody if is_kind(member, kind)]
    start = seen_before(request)
    return page(
        request,
        "console/members.html",
        here="members",
        text=text,
        kind=kind,
        choices=[Choice(k, t, sum(is_kind(m, k) for m in everybody), k == kind) for k, t in KINDS.items()],
        may_open=request.principal.may(Verb.PRACTICES_OPEN),
        members=kept[start : start + PAGE],
        rows=[(member, qualities.get(member.id)) for member in kept[start : start + PAGE]],
        total=len(kept),
        first=start + 1,
        last=min(start + PAGE, len(kept)),
        next=start + PAGE if start + PAGE < len(kept) else None,
        before=max(start - PAGE, 0) if start else None,
    )


KINDS = {
    "": "All",
    Practice.Status.ACTIVE: "Active",
    NEEDS_AGREEMENT: "Without the clause",
    Practice.Status.SUSPENDED: "Paused",
    Practice.Status.LEFT: "Left",
}


def find_members(text: str) -> list[Practice]:
    """Return the practices whose name or region holds ``text``, all for an empty one, by name."""
    found = Practice.objects.filter(sandbox_of__isnull=True).select_related("last_contribution").order_by("name")
    if text:
        found = found.filter(name__icontains=text) | found.filter(region__icontains=text)
    return list(found)


def is_kind(practice: Practice, kind: str) -> bool:
    """Whether ``practice`` is of a kind of KINDS; every practice is of the kind "" and of a kind nobody knows."""
    if kind == NEEDS_AGREEMENT:
        return practice.status == Practice.Status.ACTIVE and practice.aggregation_agreed_at is None
    return kind not in Practice.Status.values or practice.status == kind
