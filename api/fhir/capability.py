"""What can be asked for, as FHIR says it (CapabilityStatement): for everybody, with a token or without one yet."""

from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from api.fhir.render import MEDIA_TYPE
from api.fhir.types import TYPES
from api.fhir.views import BASE
from api.openapi.changes import CHANGES
from loyalty.exchange.fhir.kinds import FhirType
from tenants.declare import public_view
from tenants.hosts import url_of
from tenants.partners.scopes import Scope

_OAUTH = "http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris"
_SECURITY = "http://terminology.hl7.org/CodeSystem/restful-security-service"


@public_view
@require_safe
def metadata(request: HttpRequest) -> HttpResponse:
    body = orjson.dumps(capability(request.build_absolute_uri(BASE)))
    return HttpResponse(body, content_type=MEDIA_TYPE, headers={"Cache-Control": "no-cache"})


def capability(base: str) -> dict[str, Any]:
    """base: the address of this practice's FHIR resources."""
    token = {"url": "token", "valueUri": url_of("", "/api/token/")}
    return {
        "resourceType": "CapabilityStatement",
        "status": "active",
        "date": CHANGES[0][0].isoformat(),
        "kind": "instance",
        "fhirVersion": "4.0.1",
        "format": ["json", MEDIA_TYPE],
        "software": {"name": "Perennial", "version": "1"},
        "implementation": {"description": "Patients and visits of one practice, read only", "url": base.rstrip("/")},
        "rest": [
            {
                "mode": "server",
                "documentation": "Ask for a token with exactly one resource, the address of /api/v1/ of this practice."
                " Writes, webhooks and bulk are there: see /api/v1/docs/.",
                "security": {
                    "extension": [{"url": _OAUTH, "extension": [token]}],
                    "service": [{"coding": [{"system": _SECURITY, "code": "OAuth"}], "text": "Client credentials"}],
                },
                "resource": [_resource(of, scope) for of, scope in TYPES],
            }
        ],
    }


def _resource(of: FhirType, scope: Scope) -> dict[str, Any]:
    return {
        "type": of.name,
        "documentation": f"Needs the scope {scope.value}.",
        "interaction": [{"code": "read"}, {"code": "search-type"}],
        "versioning": "no-version",
        "readHistory": False,
        "searchParam": [
            {"name": name, "type": param.kind.value, "documentation": param.about} for name, param in of.params.items()
        ],
    }
