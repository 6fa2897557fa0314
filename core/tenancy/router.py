"""Which tables live in public and which in every practice's schema."""

from typing import Any, cast

from django.apps import apps
from django.conf import settings
from django.db import connections

from core.tenancy.names import PUBLIC


def lives_in_public(app_label: str) -> bool:
    return apps.get_app_config(app_label).name in settings.SHARED_APPS


def lives_in_practices(app_label: str) -> bool:
    return apps.get_app_config(app_label).name in settings.TENANT_APPS


class PlaceRouter:
    """Migrations reach the schema their app belongs to; only the owner's connection migrates."""

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool | None:
        in_public = cast("Any", connections[db]).schema_name == PUBLIC
        return lives_in_public(app_label) if in_public else lives_in_practices(app_label)
