from django.apps import AppConfig


class OutboxConfig(AppConfig):
    """Events of one practice; their table lives in every practice's schema."""

    name = "core.outbox"
    label = "outbox"
    verbose_name = "Outbox"
