from django.apps import AppConfig


class WebhooksConfig(AppConfig):
    """Addresses of partners' programs and what is told to them; its tables live in every practice's schema."""

    name = "tenants.webhooks"
    label = "webhooks"
    verbose_name = "Webhooks"
