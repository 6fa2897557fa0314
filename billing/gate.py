"""What a practice's role may do with billing's tables: note a text of its own, and see nothing of the rest."""

from billing.models import NettedCredit, TextUse
from core.tenancy import gate

gate.own_rows(TextUse, verbs=("SELECT", "INSERT"))
gate.append_only(NettedCredit, columns=[str(field.column) for field in NettedCredit._meta.concrete_fields])
