from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """Accounts, journal entries and their postings, in the public schema."""

    name = "billing.ledger"
    label = "ledger"
    verbose_name = "The books"

    def ready(self) -> None:
        from billing.ledger import gate  # noqa: F401  declares which rows a practice's role may see
