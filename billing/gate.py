"""What a practice's role may do with billing's tables: note a text of its own, and see nothing of the rest."""

from billing.models import TextUse
from core.tenancy import gate

gate.own_rows(TextUse, verbs=("SELECT", "INSERT"))
