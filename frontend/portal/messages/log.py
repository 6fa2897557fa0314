"""What was written to patients, and what they answered."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from frontend.page import page
from frontend.portal.messages.tabs import tabs_for
from frontend.request import AskedRequest
from loyalty.messages.log import SHOWS, messages, replies
from tenants.declare import practice_view
from tenants.permissions import Verb

PAGE = 50
FILTERS = {"": "All", "waiting": "Waiting", "sent": "Sent", "not-sent": "Not sent"}


@practice_view(Verb.MESSAGES_VIEW)
@require_safe
def show(request: AskedRequest) -> HttpResponse:
    """`show` keeps some states; `before` is where the page before ended."""
    kind = request.GET.get("show", "")
    kind = kind if kind in SHOWS else ""
    found = messages(show=kind, before=_before(request), limit=PAGE)
    filters = [(key, text, key == kind) for key, text in FILTERS.items()]
    return page(
        request,
        "portal/messages/log.html",
        here="messages",
        tabs=tabs_for(request.principal, "log"),
        found=found,
        filters=filters,
        kind=kind,
    )


@practice_view(Verb.MESSAGES_VIEW)
@require_safe
def answers(request: AskedRequest) -> HttpResponse:
    """What patients texted back."""
    return page(
        request,
        "portal/messages/replies.html",
        here="messages",
        tabs=tabs_for(request.principal, "replies"),
        replies=replies(limit=PAGE),
    )


def _before(request: AskedRequest) -> UUID | None:
    try:
        return UUID(request.GET["before"]) if request.GET.get("before") else None
    except ValueError as error:
        raise Http404 from error
