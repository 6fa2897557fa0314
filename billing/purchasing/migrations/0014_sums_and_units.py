from django.db import migrations, models

# A tier pays what its version says: a part of what was bought, or a sum.
TIER = """
CREATE FUNCTION program_tier_pays_as_its_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.rate IS NULL) IS DISTINCT FROM (SELECT pays <> 'share' FROM purchasing_programversion WHERE id = NEW.version_id)
  THEN
    RAISE EXCEPTION 'a tier pays otherwise than its version' USING
      ERRCODE = 'check_violation', CONSTRAINT = 'program_tier_pays_as_its_version';
  END IF;
  RETURN NEW;
END$$
"""
# Of a line that somebody was asked to pay for, units stay as well once they are known: rebates are paid on them.
STAYS = """
CREATE OR REPLACE FUNCTION purchase_line_claimed_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF ((NEW.practice_id, NEW.vendor_id, NEW.day, NEW.amount_minor, NEW.currency, NEW.item_id, NEW.is_freight)
     IS DISTINCT FROM
     (OLD.practice_id, OLD.vendor_id, OLD.day, OLD.amount_minor, OLD.currency, OLD.item_id, OLD.is_freight){units})
     AND EXISTS (SELECT 1 FROM purchasing_claimedpurchase AS c WHERE c.purchase_id = OLD.id)
  THEN
    RAISE EXCEPTION 'a rebate was claimed for this line' USING
      ERRCODE = 'check_violation', CONSTRAINT = 'purchase_line_claimed_stays';
  END IF;
  RETURN NEW;
END$$
"""
UNITS = "\n     OR OLD.units IS NOT NULL AND NEW.units IS DISTINCT FROM OLD.units"


class Migration(migrations.Migration):

    dependencies = [
        ('purchasing', '0013_periods_of_months'),
        ('tenants', '0013_sandbox'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='programtier',
            name='program_tier_possible',
        ),
        migrations.AddField(
            model_name='accrual',
            name='base_units',
            field=models.DecimalField(blank=True, decimal_places=4, max_digits=18, null=True),
        ),
        migrations.AddField(
            model_name='accrual',
            name='to_next_units',
            field=models.BigIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='claimline',
            name='base_units',
            field=models.DecimalField(blank=True, decimal_places=4, max_digits=18, null=True),
        ),
        migrations.AddField(
            model_name='programtier',
            name='sum',
            field=models.DecimalField(blank=True, decimal_places=4, max_digits=18, null=True),
        ),
        migrations.AddField(
            model_name='programversion',
            name='counted',
            field=models.CharField(choices=[('money', 'money'), ('units', 'units')], default='money', max_length=8),
        ),
        migrations.AddField(
            model_name='programversion',
            name='pays',
            field=models.CharField(choices=[('share', 'share'), ('each', 'each'), ('once', 'once')], default='share', max_length=8),
        ),
        migrations.AddField(
            model_name='programversion',
            name='unit',
            field=models.CharField(blank=True, default='', max_length=30),
        ),
        migrations.AlterField(
            model_name='programtier',
            name='rate',
            field=models.DecimalField(blank=True, decimal_places=8, max_digits=9, null=True),
        ),
        migrations.AddConstraint(
            model_name='accrual',
            constraint=models.CheckConstraint(condition=models.Q(('to_next_units__isnull', True), models.Q(('base_units__isnull', False), ('to_next_minor__isnull', True)), _connector='OR'), name='accrual_missing_in_one_measure'),
        ),
        migrations.AddConstraint(
            model_name='programtier',
            constraint=models.CheckConstraint(condition=models.Q(('at__gte', 0), models.Q(models.Q(('rate__gte', 0), ('rate__isnull', False), ('rate__lte', 1), ('sum__isnull', True)), models.Q(('rate__isnull', True), ('sum__gte', 0), ('sum__isnull', False)), _connector='OR')), name='program_tier_possible'),
        ),
        migrations.AddConstraint(
            model_name='programversion',
            constraint=models.CheckConstraint(condition=models.Q(('counted__in', ['money', 'units'])), name='program_version_counted_known'),
        ),
        migrations.AddConstraint(
            model_name='programversion',
            constraint=models.CheckConstraint(condition=models.Q(('pays__in', ['share', 'each', 'once'])), name='program_version_pays_known'),
        ),
        migrations.AddConstraint(
            model_name='programversion',
            constraint=models.CheckConstraint(condition=models.Q(('way', 'flat'), models.Q(('counted', 'money'), ('pays', 'share')), models.Q(('counted', 'units'), ('pays', 'each')), _connector='OR'), name='program_version_parts_of_one_quantity'),
        ),
        migrations.AddConstraint(
            model_name='programversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('pays', 'once'), _negated=True), ('measured__in', ['volume', 'growth']), _connector='OR'), name='program_version_once_of_own_period'),
        ),
        migrations.AddConstraint(
            model_name='programversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('measured', 'group'), _negated=True), ('counted', 'money'), _connector='OR'), name='program_version_group_in_money'),
        ),
        migrations.AddConstraint(
            model_name='programversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(models.Q(('counted', 'units'), ('pays', 'each'), _connector='OR'), models.Q(('unit', ''), _negated=True), models.Q(('covers', 'everything'), _negated=True)), models.Q(('counted', 'money'), ('unit', ''), models.Q(('pays', 'each'), _negated=True)), _connector='OR'), name='program_version_units_of_items'),
        ),
        migrations.RunSQL(TIER, "DROP FUNCTION program_tier_pays_as_its_version()"),
        migrations.RunSQL(
            "CREATE TRIGGER program_tier_pays_as_its_version BEFORE INSERT ON purchasing_programtier"
            " FOR EACH ROW EXECUTE FUNCTION program_tier_pays_as_its_version()",
            "DROP TRIGGER program_tier_pays_as_its_version ON purchasing_programtier",
        ),
        migrations.RunSQL(STAYS.format(units=UNITS), STAYS.format(units="")),
    ]
