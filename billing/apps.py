from django.apps import AppConfig


class BillingConfig(AppConfig):
    """What members subscribe to, and what the network's payments provider says of it. Its tables live in public."""

    name = "billing"
    label = "billing"
    verbose_name = "Billing"

    def ready(self) -> None:
        from billing import checks, gate  # noqa: F401  declare what is checked, and what a practice's role may see
        from billing.plans import MEMBER
        from tenants.entitlements import base_with

        base_with(MEMBER.limits)
