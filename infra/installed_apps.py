"""Which apps there are, and whether their tables live in public or in every practice's schema."""

# Ours first: their commands and templates win over those of the libraries.
PUBLIC_APPS = [
    "infra",
    "core",
    "tenants",
    "billing",
    "loyalty.benchmarks",
    "loyalty.holdouts",
    "billing.purchasing",
    "billing.ledger",
    "frontend",
    "api",
    "django_tenants",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "rest_framework",
    "django_cotton",
    "lucide",
]

PRACTICE_APPS = ["core.audit", "core.outbox", "tenants.webhooks", "billing.receiving", "loyalty"]
