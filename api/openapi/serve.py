"""The document for programs, and the same as a page for people: both offline, both without a token."""

from datetime import timedelta
from functools import cache
from hashlib import sha256
from typing import Any

import orjson
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from api.openapi.changes import CHANGES
from api.openapi.codes import CODES
from api.openapi.document import document
from api.openapi.page import records, sections, words_of
from api.openapi.quick_start import steps
from loyalty.exchange.answers import KEPT_FOR
from tenants.declare import public_view
from tenants.hosts import url_of
from tenants.webhooks.post import ALTOGETHER
from tenants.webhooks.waiting import TRIED_FOR


@public_view
@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    body, tag = _packed()
    response = HttpResponse(body, content_type="application/json", headers={"ETag": tag, "Cache-Control": "no-cache"})
    return get_conditional_response(request, etag=tag, response=response) or response


@public_view
@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    told: dict[str, Any] = document()
    scopes = told["components"]["securitySchemes"]["token"]["flows"]["clientCredentials"]
    context = {
        "info": told["info"],
        "about": words_of(told["info"]["description"]),
        "here": request.build_absolute_uri("/").rstrip("/"),
        "a_minute": settings.API_REQUESTS_A_MINUTE,
        "key_hours": KEPT_FOR // timedelta(hours=1),
        "told": {"seconds": int(ALTOGETHER), "hours": TRIED_FOR // timedelta(hours=1)},
        "sections": sections(told),
        "scopes": scopes["scopes"],
        "at": scopes["tokenUrl"],
        "records": records(told),
        "codes": CODES,
        "changes": CHANGES,
    }
    return render(request, "api/docs.html", context)


@public_view
@require_safe
def quick_start(request: HttpRequest) -> HttpResponse:
    here, network = request.build_absolute_uri("/").rstrip("/"), url_of("").rstrip("/")
    laid_out = steps(network=network, practice=here)
    return render(request, "api/quick_start.html", {"title": laid_out[0].title, "steps": laid_out})


@cache
def _packed() -> tuple[bytes, str]:
    body = orjson.dumps(document())
    return body, f'"{sha256(body).hexdigest()[:32]}"'
