"""System checks: what would let work run in the wrong place is found before anything is served."""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from core.tenancy.router import lives_in_practices, lives_in_public


@register("tenancy")
def every_app_lives_in_one_place(**_options: Any) -> list[CheckMessage]:
    found: list[CheckMessage] = []
    for config in apps.get_app_configs():
        if not config.models_module:
            continue
        if lives_in_public(config.label) == lives_in_practices(config.label):
            found.append(
                Error(
                    f"App {config.name} must live in public or in the practices, not in both or none.",
                    id="tenancy.E001",
                )
            )
    return found


@register("tenancy")
def no_foreign_key_leaves_a_schema(**_options: Any) -> list[CheckMessage]:
    found: list[CheckMessage] = []
    for model in apps.get_models():
        if not lives_in_practices(model._meta.app_label):
            continue
        for field in model._meta.get_fields():
            target = field.related_model if field.is_relation and getattr(field, "concrete", False) else None
            if target is not None and not isinstance(target, str) and lives_in_public(target._meta.app_label):
                found.append(
                    Error(
                        f"{model.__name__}.{field.name} leaves the practice's schema: keep a plain id.",
                        id="tenancy.E002",
                    )
                )
    return found


@register("tenancy")
def the_backend_is_ours(**_options: Any) -> list[CheckMessage]:
    return [
        Error(
            f"Database {alias!r} must use core.tenancy.backend, which enters schema and role together.",
            id="tenancy.E003",
        )
        for alias, database in settings.DATABASES.items()
        if database["ENGINE"] != "core.tenancy.backend"
    ]
