"""Answers that every screen gives in the same way: a page, a way on, a refusal."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme

from core.errors import DomainError, NotFound
from frontend.request import AskedRequest
from frontend.said import Said, said, saying, unsaid


def page(request: AskedRequest, template: str, *, here: str, status: int = 200, **context: Any) -> HttpResponse:
    """Show a screen. ``here`` is the key of its link in the rail."""
    given = {"here": here, "here_url": unsaid(request.get_full_path()), "said": said(request)}
    return render(request, template, given | context, status=status)


def form_page(request: AskedRequest, template: str, *, here: str, form: Form, **context: Any) -> HttpResponse:
    """Show a screen with a form: empty, or with everything typed and what was wrong with it."""
    return page(request, template, here=here, status=422 if form.is_bound else 200, form=form, **context)


def posted(request: AskedRequest) -> QueryDict | None:
    """Return what a form is bound to: what was sent, however little, and nothing where a page is only opened."""
    return request.POST if request.method == "POST" else None


def seen_before(request: AskedRequest) -> int:
    """How many of a list were seen already, as `from` in the address says; 0 without it, and for nonsense."""
    given = request.GET.get("from", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 7 else 0


def way_back(request: AskedRequest, otherwise: str) -> str:
    """Return the page of this host that a form was sent from, or ``otherwise``."""
    back = request.POST.get("back", "")
    return back if url_has_allowed_host_and_scheme(back, allowed_hosts=None) else otherwise


def done(to: str, key: str, *, of: UUID | None = None) -> HttpResponse:
    """Send on to ``to``, which says what was done."""
    return HttpResponseRedirect(saying(to, key, of=of), status=303)


def take(
    request: AskedRequest, step: Callable[[], object], *, back: str, key: str, of: UUID | None = None, here: str = ""
) -> HttpResponse:
    """Take one step that needs no form, go ``back``, and say what was done, or why not.

    Raises NotFound for a record that is not there.
    """
    try:
        step()
    except DomainError as error:
        return refused(request, error, back=back, here=here)
    return done(back, key, of=of)


def refused(request: AskedRequest, error: DomainError, *, back: str, here: str = "") -> HttpResponse:
    """Say why something cannot be done: on a page of its own, or in place where htmx asked.

    Raises `error` itself where it is NotFound: that is a 404 everywhere.
    """
    if isinstance(error, NotFound):
        raise error
    if request.htmx:
        words = Said(error.message, tone="warn", icon="triangle-alert")
        message = render_to_string("portal/refused_partial.html", {"said": words}, request)
        return HttpResponse(message, status=409, headers={"HX-Refused": "true"})
    return page(request, "portal/refused.html", here=here, status=409, error=error, back=back)
