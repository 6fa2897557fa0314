"""Taking everything along: free, complete, at any time, also while the practice is paused and after it left."""

from tempfile import TemporaryFile

from django.http import FileResponse, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from core.tenancy.scope import current_practice
from frontend.page import page
from frontend.request import AskedRequest
from tenants.actions.export_practice import export_practice
from tenants.declare import practice_view
from tenants.permissions import Verb


@practice_view(Verb.PRACTICE_EXPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: AskedRequest) -> HttpResponse | FileResponse:
    """The page says what it holds; the file is asked for by POST, because making it is written down."""
    practice = current_practice()
    if request.method != "POST":
        return page(request, "portal/export/show.html", here="settings")
    now = timezone.now()
    # On disk: the practice is left when the view ends, and it may be large.
    file = TemporaryFile()  # noqa: SIM115  closed by the response
    export_practice(practice=practice, into=file, now=now)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{practice.slug}-{now:%Y-%m-%d}.zip")
