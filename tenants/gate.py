"""What a practice's role may see of the tables in this package: itself and its agreements, and nobody's sign-in."""

from core.tenancy import gate
from tenants.models import AgreementAct, Entitlement, Practice, StatusChange

gate.own_rows(
    Practice,
    using="schema_name = current_user",
    columns=(
        "id",
        "schema_name",
        "name",
        "slug",
        "status",
        "time_zone",
        "region",
        "size_band",
        "joined_on",
        "business_associate_agreed_at",
        "aggregation_agreed_at",
        "leave_asked_at",
        "getting_started_aside_at",
        "plan",
        # Whether it is one: a sandbox sees what was made up for it, and nothing that was agreed for members.
        "sandbox_of_id",
        "standing",
        "standing_until",
    ),
)
gate.own_rows(AgreementAct)
gate.own_rows(Entitlement)

for kept in (AgreementAct, StatusChange):
    gate.append_only(kept, columns=[str(field.column) for field in kept._meta.concrete_fields])
