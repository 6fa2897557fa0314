"""The keys that pages listen to."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from frontend.navigation import links_for
from frontend.page import page
from frontend.request import AskedRequest
from frontend.shortcuts import EVERYWHERE, NOTES, ways
from tenants.declare import practice_view
from tenants.permissions import Verb


@practice_view(Verb.TODAY_VIEW)
@require_safe
def show(request: AskedRequest) -> HttpResponse:
    links = links_for(request.principal)
    groups = [EVERYWHERE, ways((*links.main, *links.foot)), NOTES]
    return page(request, "portal/shortcuts.html", here="", groups=groups)
