"""Swagger UI over the same document, from the package that holds it: pinned by hash, nothing of it from the network.

Its files are not among the static ones: packing two megabytes for every start and every run of the tests would cost
more than the page is worth. They are packed once a process, when somebody asks.
"""

import gzip
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.views.decorators.http import require_safe

from tenants.declare import public_view

VERSION = version("drf-spectacular-sidecar")
_AT = files("drf_spectacular_sidecar") / "static" / "drf_spectacular_sidecar" / "swagger-ui-dist"
_KINDS = {"swagger-ui-bundle.js": "text/javascript; charset=utf-8", "swagger-ui.css": "text/css; charset=utf-8"}
# Its address has the version in it.
_FOREVER = "public, max-age=31536000, immutable"


@public_view
@require_safe
def reference(request: HttpRequest) -> HttpResponse:
    return render(request, "api/reference.html", {"version": VERSION})


@public_view
@require_safe
def reference_file(request: HttpRequest, of_version: str, name: str) -> HttpResponse:
    """Raises Http404 for a file that the page does not name, and for one of another version."""
    if of_version != VERSION or name not in _KINDS:
        raise Http404
    packed, tag = _packed(name)
    is_packed = "gzip" in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(packed if is_packed else gzip.decompress(packed), content_type=_KINDS[name])
    if is_packed:
        response["Content-Encoding"] = "gzip"
    response["ETag"], response["Cache-Control"] = tag, _FOREVER
    patch_vary_headers(response, ("Accept-Encoding",))
    return get_conditional_response(request, etag=tag, response=response) or response


@cache
def _packed(name: str) -> tuple[bytes, str]:
    content = (_AT / name).read_bytes()
    return gzip.compress(content, mtime=0), f'W/"{sha256(content).hexdigest()[:32]}"'
