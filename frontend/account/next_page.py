"""The page that somebody was on their way to."""

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def next_page(request: HttpRequest) -> str:
    """A path of this host, "" where none was named or it leads elsewhere."""
    to = request.POST.get("next") or request.GET.get("next", "")
    return to if to.startswith("/") and url_has_allowed_host_and_scheme(to, allowed_hosts=None) else ""
