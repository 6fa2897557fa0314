"""What a practice's role may see of the tables in this package: itself, and nothing of anybody's sign-in."""

from core.tenancy import gate
from tenants.models import Practice

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
        "aggregation_agreed_at",
    ),
)
