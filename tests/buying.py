"""What a test that commits wrote down of the network's buying, taken out again: the network has one catalog for all."""

from django.apps import apps
from django.db import connections

from billing.models import NettedCredit


def forget_buying() -> None:
    """By the owner: what was claimed, or says what was agreed, nobody else removes."""
    models = [model for label in ("purchasing", "ledger") for model in apps.get_app_config(label).get_models()]
    # Truncated with what names them; those of billing alone stay.
    tables = [model._meta.db_table for model in [*models, NettedCredit]]
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT 1 FROM public.purchasing_vendor)")
        if cursor.fetchone() == (False,):
            return
        for table in tables:
            cursor.execute(f"ALTER TABLE public.{table} DISABLE TRIGGER USER")
        cursor.execute("TRUNCATE " + ", ".join(f"public.{table}" for table in tables))
        for table in tables:
            cursor.execute(f"ALTER TABLE public.{table} ENABLE TRIGGER USER")
