"""The page of testimonials that anybody may read, and that the practice may show inside its own website."""

from hashlib import sha256

from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseNotModified
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from core.tenancy.scope import practice_scope
from loyalty.testimonials.shown import public_page
from tenants.declare import public_view
from tenants.refs import active_practice
from tenants.request import PlacedRequest

# Framed by anybody: the practice's website is somewhere else. Nothing here can be pressed, and nothing is loaded but
# our own style sheet. No script at all.
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; form-action 'none'; base-uri 'none';"
    " frame-ancestors https: http://localhost:* http://*.localhost:*"
)


@public_view
@require_safe
def show(request: PlacedRequest) -> HttpResponse:
    """Kept by browsers only to be asked about: whoever takes their words back is gone with the next look."""
    practice = request.practice and active_practice(request.practice.id)
    if practice is None:
        raise Http404
    with practice_scope(practice), transaction.atomic():
        html = render_to_string("portal/reviews/public.html", {"shown": public_page(), "practice": practice})
    tag = f'"{sha256(html.encode()).hexdigest()[:32]}"'
    is_known = request.headers.get("If-None-Match") == tag
    response = HttpResponseNotModified() if is_known else HttpResponse(html)
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = "public, no-cache"
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.headers["Referrer-Policy"] = "no-referrer"
    patch_vary_headers(response, ["Accept-Encoding"])
    return response
