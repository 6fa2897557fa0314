from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "core"
    label = "core"
    verbose_name = "Core"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from core import gate  # noqa: F401  declares which public tables are append-only
        from core.tenancy import checks  # noqa: F401  registers the system checks
