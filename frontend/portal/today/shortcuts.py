"""The keys that pages listen to."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from frontend.navigation import links_for
from frontend.page import page
from frontend.request import AskedRequest
from frontend.shortcuts import CALLS, EVERYWHERE, FEEDBACK, NOTES, ways
from tenants.declare import practice_view
from tenants.permissions import Verb


@practice_view(Verb.TODAY_VIEW)
@require_safe
def show(request: AskedRequest) -> HttpResponse:
    links = links_for(request.principal)
    groups = [EVERYWHERE, ways((*links.main, *links.foot)), CALLS, NOTES]
    if request.principal.may(Verb.FEEDBACK_VIEW):
        groups.append(FEEDBACK)
    return page(request, "portal/shortcuts.html", here="", groups=groups)
