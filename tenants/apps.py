from django.apps import AppConfig


class TenantsConfig(AppConfig):
    name = "tenants"
    label = "tenants"
    verbose_name = "Practices and people"

    def ready(self) -> None:
        from core.jobs import resolve_practices_with
        from tenants import gate  # noqa: F401  declares which rows a practice's role may see
        from tenants.refs import active_practice
        from tenants.second_factor import proved  # noqa: F401  hears of factors that are shown

        resolve_practices_with(active_practice)
