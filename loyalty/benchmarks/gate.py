"""What a practice's role may see here: its own contributions, and releases while it contributes itself.

It can write a contribution only while it is active and has agreed to the data-aggregation clause.

How a release came about (`Basis`, `DriftPriorBasis`) is declared to nobody, so no practice can read it.
"""

from core.tenancy import gate
from loyalty.benchmarks.models import (
    Association,
    Contribution,
    DataQuality,
    DriftEstimate,
    DriftPrior,
    LastContribution,
    MonthClose,
    MonthDecision,
    Release,
)

AGREES = (
    "EXISTS (SELECT 1 FROM public.tenants_practice AS me"
    " WHERE me.schema_name = current_user AND me.status = 'active' AND me.aggregation_agreed_at IS NOT NULL)"
)
CONTRIBUTES = (
    "EXISTS (SELECT 1 FROM public.tenants_practice AS me"
    " WHERE me.schema_name = current_user AND me.status = 'active' AND me.aggregation_agreed_at IS NOT NULL"
    " AND EXISTS (SELECT 1 FROM public.benchmarks_contribution AS mine WHERE mine.practice_id = me.id))"
)

gate.own_rows(Contribution, verbs=("SELECT", "INSERT", "UPDATE", "DELETE"), writing=AGREES)
gate.own_rows(LastContribution, verbs=("SELECT", "INSERT", "UPDATE"), writing=AGREES)
gate.own_rows(DataQuality, verbs=("SELECT", "INSERT", "UPDATE", "DELETE"), writing=AGREES)
gate.own_rows(DriftEstimate, verbs=("SELECT", "INSERT", "UPDATE", "DELETE"), writing=AGREES)
gate.network_read(Release, when=CONTRIBUTES)
gate.network_read(DriftPrior, when=CONTRIBUTES)
gate.network_read(MonthClose)
for kept in (Association, MonthDecision):
    gate.append_only(kept, columns=[str(field.column) for field in kept._meta.concrete_fields])
