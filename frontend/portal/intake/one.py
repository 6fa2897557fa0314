"""One import: checked, running, ended; what can be done with it."""

from collections.abc import Callable
from tempfile import TemporaryFile
from typing import TypeVar
from uuid import UUID

from django.http import FileResponse, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from frontend.page import page, take
from frontend.request import AskedRequest
from loyalty.intake.discard_import import discard_import
from loyalty.intake.read_import import read_import, read_progress
from loyalty.intake.rows_to_mend import rows_to_mend
from loyalty.intake.start_import import start_import
from loyalty.intake.stop_import import stop_import
from loyalty.intake.undo_import import undo_import
from tenants.declare import practice_view
from tenants.permissions import Verb

Read = TypeVar("Read")


@practice_view(Verb.IMPORTS_RUN)
@require_safe
def show(request: AskedRequest, import_id: UUID) -> HttpResponse:
    one = _found(lambda: read_import(import_id=import_id, now=timezone.now()))
    if one.next_step:
        return HttpResponseRedirect(reverse(f"portal:import-{one.next_step}", args=[import_id]))
    return page(
        request, "portal/imports/show.html", here="settings", one=one, of=one.of, step=3 if one.is_checked else 4
    )


@practice_view(Verb.IMPORTS_RUN)
@require_safe
def progress(request: AskedRequest, import_id: UUID) -> HttpResponse:
    """A part of the page, fetched again and again; when the work is done, the whole page is."""
    work = _found(lambda: read_progress(import_id=import_id))
    answer = render(request, "portal/imports/progress.html", {"work": work})
    if not work.is_at_work:
        answer.headers["HX-Refresh"] = "true"
    return answer


@practice_view(Verb.IMPORTS_RUN)
@require_POST
def start(request: AskedRequest, import_id: UUID) -> HttpResponse:
    return _take(request, import_id, lambda: start_import(import_id=import_id, now=timezone.now()), "import-started")


@practice_view(Verb.IMPORTS_RUN)
@require_POST
def stop(request: AskedRequest, import_id: UUID) -> HttpResponse:
    return _take(request, import_id, lambda: stop_import(import_id=import_id, now=timezone.now()), "import-stopped")


@practice_view(Verb.IMPORTS_RUN)
@require_POST
def undo(request: AskedRequest, import_id: UUID) -> HttpResponse:
    return _take(request, import_id, lambda: undo_import(import_id=import_id, now=timezone.now()), "import-undone")


@practice_view(Verb.IMPORTS_RUN)
@require_POST
def discard(request: AskedRequest, import_id: UUID) -> HttpResponse:
    back = reverse("portal:imports")
    return take(
        request, lambda: discard_import(import_id=import_id), back=back, key="import-discarded", here="settings"
    )


@practice_view(Verb.IMPORTS_RUN)
@require_safe
def mend(request: AskedRequest, import_id: UUID) -> FileResponse:  # noqa: ARG001  a view takes one
    name, lines = _found(lambda: rows_to_mend(import_id=import_id))
    # On disk: the practice is left when the view ends, and there may be many.
    file = TemporaryFile()  # noqa: SIM115  closed by the response
    # A mark at the beginning: without it Excel takes the letters for another encoding.
    file.write(b"\xef\xbb\xbf")
    for line in lines:
        file.write(line.encode())
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=name, content_type="text/csv; charset=utf-8")


def _found(read: Callable[[], Read]) -> Read:
    return read()


def _take(request: AskedRequest, import_id: UUID, step: Callable[[], object], key: str) -> HttpResponse:
    return take(request, step, back=reverse("portal:import", args=[import_id]), key=key, here="settings")
