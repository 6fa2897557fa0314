from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The trail of one practice; its table lives in every practice's schema."""

    name = "core.audit"
    label = "audit"
    verbose_name = "Audit trail"
