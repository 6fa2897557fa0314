"""The pages that say what went wrong, and what to do next."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template import loader


def _page(request: HttpRequest, template: str, status: int) -> HttpResponse:
    return HttpResponse(loader.render_to_string(template, {}, request), status=status)


def bad_request(request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
    return _page(request, "400.html", 400)


def forbidden(request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
    return _page(request, "403.html", 403)


def csrf_failure(request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
    return _page(request, "403_csrf.html", 403)


def not_found(request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
    return _page(request, "404.html", 404)


def server_error(_request: HttpRequest, *_args: Any) -> HttpResponse:
    # No request context: what failed may be what the context processors need.
    return HttpResponse(loader.render_to_string("500.html"), status=500)
