from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary
from django.db import migrations

from billing.purchasing.models.contract import DateRange

# What both have signed stays as it is; an earlier last day is all that a contract can still get.
SIGNED = """
CREATE FUNCTION contract_signed_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.signed_on IS NOT NULL AND (
    (NEW.vendor_id, NEW.number, NEW.name, NEW.currency, NEW.begins_on, NEW.fee, NEW.fee_rate, NEW.fee_minor,
     NEW.signed_on, NEW.signed_by, NEW.signed_for_vendor_by)
    IS DISTINCT FROM
    (OLD.vendor_id, OLD.number, OLD.name, OLD.currency, OLD.begins_on, OLD.fee, OLD.fee_rate, OLD.fee_minor,
     OLD.signed_on, OLD.signed_by, OLD.signed_for_vendor_by)
    OR COALESCE(NEW.ends_on, 'infinity') > COALESCE(OLD.ends_on, 'infinity'))
  THEN
    RAISE EXCEPTION 'that contract is signed' USING
      ERRCODE = 'check_violation', CONSTRAINT = 'contract_signed_stays';
  END IF;
  RETURN NEW;
END$$
"""


class Migration(migrations.Migration):
    dependencies = [("purchasing", "0002_what_was_claimed_stays")]

    operations = [
        migrations.AddConstraint(
            model_name="offer",
            constraint=ExclusionConstraint(
                name="offer_days_apart",
                expressions=[
                    ("item", "="),
                    (DateRange("begins_on", "ends_on", RangeBoundary(inclusive_upper=True)), "&&"),
                ],
            ),
        ),
        migrations.RunSQL(SIGNED, "DROP FUNCTION contract_signed_stays()"),
        migrations.RunSQL(
            "CREATE TRIGGER contract_signed_stays BEFORE UPDATE ON purchasing_contract"
            " FOR EACH ROW EXECUTE FUNCTION contract_signed_stays()",
            "DROP TRIGGER contract_signed_stays ON purchasing_contract",
        ),
    ]
