from django.apps import AppConfig


class ReceivingConfig(AppConfig):
    """Files of purchases, in every practice's schema."""

    name = "billing.receiving"
    label = "receiving"
    verbose_name = "Files of purchases"
