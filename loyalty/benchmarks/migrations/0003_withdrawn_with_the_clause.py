from django.db import migrations

# A trigger, because a practice that left runs no job any more that could take its contributions back.
WITHDRAW = """
CREATE FUNCTION public.withdraw_contributions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM public.benchmarks_contribution WHERE practice_id = NEW.id;
    RETURN NULL;
END
$$;
CREATE TRIGGER contributions_end_with_the_clause AFTER UPDATE ON public.tenants_practice
    FOR EACH ROW WHEN (
        (OLD.aggregation_agreed_at IS NOT NULL AND NEW.aggregation_agreed_at IS NULL)
        OR (OLD.status <> 'left' AND NEW.status = 'left')
    ) EXECUTE FUNCTION public.withdraw_contributions();
"""

KEEP = """
DROP TRIGGER contributions_end_with_the_clause ON public.tenants_practice;
DROP FUNCTION public.withdraw_contributions();
"""


class Migration(migrations.Migration):
    """Contributions go at once when a practice withdraws the data-aggregation clause or leaves; releases stand."""

    dependencies = [("benchmarks", "0002_basis"), ("tenants", "0004_joining")]

    operations = [migrations.RunSQL(sql=WITHDRAW, reverse_sql=KEEP)]
