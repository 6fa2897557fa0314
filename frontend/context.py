"""What every page's shell needs: the place and the person."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def shell(request: HttpRequest) -> dict[str, Any]:
    return {
        "practice": getattr(request, "practice", None),
        "principal": getattr(request, "principal", None),
        "network_name": settings.NETWORK_NAME,
        "demo": settings.DEMO,
        "idle_seconds": settings.IDLE_LOCK_MINUTES * 60,
    }
