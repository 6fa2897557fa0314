from django.apps import AppConfig


class PurchasingConfig(AppConfig):
    """The buying group: vendors, contracts, what members bought on them, and what they earned. In the public schema."""

    name = "billing.purchasing"
    label = "purchasing"
    verbose_name = "The buying group"

    def ready(self) -> None:
        from billing.purchasing import gate  # noqa: F401  declares which rows a practice's role may see
