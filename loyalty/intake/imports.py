"""The imports of a practice, newest first."""

from loyalty.models import Import

MOST = 50


def imports() -> list[Import]:
    return list(Import.objects.order_by("-created_at", "-id")[:MOST])
