"""What a practice's role may see here: its own contributions, and what is released, while it contributes itself."""

from core.tenancy import gate
from loyalty.benchmarks.gate import AGREES, CONTRIBUTES
from loyalty.holdouts.models import LiftContribution, LiftRelease

gate.own_rows(LiftContribution, verbs=("SELECT", "INSERT"), writing=f"{AGREES} AND release_id IS NULL")
gate.network_read(LiftRelease, when=CONTRIBUTES)
