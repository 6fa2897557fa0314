from django.apps import AppConfig


class TenantsConfig(AppConfig):
    name = "tenants"
    label = "tenants"
    verbose_name = "Practices and people"

    def ready(self) -> None:
        from tenants import gate  # noqa: F401  declares which rows a practice's role may see
