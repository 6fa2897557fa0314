"""Whether an address that lacks its slash is answered with the one that has it: for pages, and not for programs."""

from django.http import HttpRequest
from django.middleware.common import CommonMiddleware

_PAGES = "/api/v1/docs"


class SlashMiddleware(CommonMiddleware):
    """As Django's, but a program is told where the slash belongs: sent there, it would make a GET of its POST."""

    def should_redirect_with_slash(self, request: HttpRequest) -> bool:
        if request.path.startswith("/api/") and not request.path.startswith(_PAGES):
            return False
        return bool(super().should_redirect_with_slash(request))
