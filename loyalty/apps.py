from django.apps import AppConfig


class LoyaltyConfig(AppConfig):
    """Patients and everything a practice does for them; its tables live in every practice's own schema."""

    name = "loyalty"
    label = "loyalty"
    verbose_name = "Loyalty"
