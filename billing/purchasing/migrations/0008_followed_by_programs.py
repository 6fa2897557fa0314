"""What programs of partners follow of the buying group, and what was made up for sandboxes stays among sandboxes."""

from django.db import migrations, models

WRITTEN = """
CREATE FUNCTION purchasing_row_written() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.written_in := pg_current_xact_id()::text::bigint;
  RETURN NEW;
END$$
"""
# An offer is shown with its contract, its item, and their vendor: what changes one of these changes the offer. Each:
# the table, and what leads from a row of it to its offers.
SHOWN_WITH_OFFERS = {
    "offerprice": "o.id = t.offer_id",
    "contract": "o.contract_id = t.id",
    "item": "o.item_id = t.id",
    "itemunit": "o.item_id = t.item_id",
    "catalogprice": "o.item_id = t.item_id",
    "vendor": "o.item_id IN (SELECT i.id FROM public.purchasing_item i WHERE i.vendor_id = t.id)",
}
_TABLES = {"INSERT": "NEW TABLE AS rows", "UPDATE": "NEW TABLE AS rows", "DELETE": "OLD TABLE AS rows"}


def touched(table: str) -> str:
    return f"""
CREATE FUNCTION offer_touched_by_{table}() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE this bigint := pg_current_xact_id()::text::bigint;
BEGIN
  UPDATE public.purchasing_offer o SET updated_at = clock_timestamp()
  FROM rows t WHERE {SHOWN_WITH_OFFERS[table]} AND o.written_in <> this;
  RETURN NULL;
END$$
"""  # noqa: S608


# Whoever writes, the vendor that they cannot see among them: a sandbox buys of nobody real, and a member of nobody else.
KIND = """
CREATE FUNCTION purchase_line_of_its_kind() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT 1 FROM (SELECT DISTINCT practice_id, vendor_id FROM rows) n
    LEFT JOIN public.tenants_practice p ON p.id = n.practice_id
    LEFT JOIN public.purchasing_vendor v ON v.id = n.vendor_id
    WHERE (p.sandbox_of_id IS NOT NULL) IS DISTINCT FROM v.made_up
  )
  THEN
    RAISE EXCEPTION 'a sandbox buys of made-up vendors alone, and nobody else does' USING
      ERRCODE = 'check_violation', CONSTRAINT = 'purchase_line_of_its_kind';
  END IF;
  RETURN NULL;
END$$
"""
PROGRAM = """
CREATE FUNCTION rebate_program_of_somebody_real() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT 1 FROM public.purchasing_contract c JOIN public.purchasing_vendor v ON v.id = c.vendor_id
    WHERE c.id = NEW.contract_id AND v.made_up
  )
  THEN
    RAISE EXCEPTION 'nobody earns anything of a made-up vendor' USING
      ERRCODE = 'check_violation', CONSTRAINT = 'rebate_program_of_somebody_real';
  END IF;
  RETURN NEW;
END$$
"""


def after(function: str, table: str, verbs: tuple[str, ...] = tuple(_TABLES)) -> migrations.RunSQL:
    """Once a statement, with the rows that it wrote or removed."""
    return migrations.RunSQL(
        [
            f"CREATE TRIGGER {function}_on_{verb.lower()} AFTER {verb} ON purchasing_{table}"
            f" REFERENCING {_TABLES[verb]} FOR EACH STATEMENT EXECUTE FUNCTION {function}()"
            for verb in verbs
        ],
        [f"DROP TRIGGER {function}_on_{verb.lower()} ON purchasing_{table}" for verb in verbs],
    )


def before(function: str, table: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE TRIGGER {function}_{table} BEFORE INSERT OR UPDATE ON purchasing_{table}"
        f" FOR EACH ROW EXECUTE FUNCTION {function}()",
        f"DROP TRIGGER {function}_{table} ON purchasing_{table}",
    )


def function(sql: str) -> migrations.RunSQL:
    return migrations.RunSQL(sql, f"DROP FUNCTION {sql.split()[2]}")


class Migration(migrations.Migration):

    dependencies = [
        ('purchasing', '0007_statement_mail'),
        ('tenants', '0013_sandbox'),
    ]

    operations = [
        migrations.AddField(
            model_name='offer',
            name='written_in',
            field=models.BigIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name='purchaseline',
            name='external_id',
            field=models.CharField(blank=True, db_default='', default='', max_length=200),
        ),
        migrations.AddField(
            model_name='purchaseline',
            name='written_in',
            field=models.BigIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name='vendor',
            name='made_up',
            field=models.BooleanField(db_default=False, default=False, editable=False),
        ),
        migrations.AddField(
            model_name='vendor',
            name='written_in',
            field=models.BigIntegerField(default=0, editable=False),
        ),
        migrations.AddIndex(
            model_name='offer',
            index=models.Index(fields=['written_in', 'id'], name='offer_by_write'),
        ),
        migrations.AddIndex(
            model_name='purchaseline',
            index=models.Index(fields=['practice', 'written_in', 'id'], name='purchase_line_by_write'),
        ),
        migrations.AddConstraint(
            model_name='purchaseline',
            constraint=models.UniqueConstraint(condition=models.Q(('external_id', ''), _negated=True), fields=('practice', 'external_id'), name='purchase_line_external_once'),
        ),
        function(WRITTEN),
        *(before("purchasing_row_written", table) for table in ("offer", "purchaseline", "vendor")),
        *(
            operation
            for table in SHOWN_WITH_OFFERS
            for operation in (function(touched(table)), after(f"offer_touched_by_{table}", table))
        ),
        function(KIND),
        after("purchase_line_of_its_kind", "purchaseline", ("INSERT", "UPDATE")),
        function(PROGRAM),
        before("rebate_program_of_somebody_real", "rebateprogram"),
    ]
