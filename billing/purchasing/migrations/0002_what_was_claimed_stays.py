from django.db import migrations

# The past of a program stays what it was: no version for a period that was claimed, no tier or item for a version that
# was claimed by, and no change of a line that somebody was asked to pay for.
VERSION = """
CREATE FUNCTION program_version_of_time_to_come() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM purchasing_claimline AS c WHERE c.program_id = NEW.program_id AND c.first >= NEW.from_day)
  THEN
    RAISE EXCEPTION 'a period from that day on was claimed' USING
      ERRCODE = 'check_violation', CONSTRAINT = 'program_version_of_time_to_come';
  END IF;
  RETURN NEW;
END$$
"""
PART = """
CREATE FUNCTION program_version_is_whole() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM purchasing_claimline AS c WHERE c.version_id = NEW.version_id) THEN
    RAISE EXCEPTION 'that version was claimed by' USING
      ERRCODE = 'check_violation', CONSTRAINT = 'program_version_is_whole';
  END IF;
  RETURN NEW;
END$$
"""
LINE = """
CREATE FUNCTION purchase_line_claimed_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.practice_id, NEW.vendor_id, NEW.day, NEW.amount_minor, NEW.currency, NEW.item_id, NEW.is_freight)
     IS DISTINCT FROM
     (OLD.practice_id, OLD.vendor_id, OLD.day, OLD.amount_minor, OLD.currency, OLD.item_id, OLD.is_freight)
     AND EXISTS (SELECT 1 FROM purchasing_claimedpurchase AS c WHERE c.purchase_id = OLD.id)
  THEN
    RAISE EXCEPTION 'a rebate was claimed for this line' USING
      ERRCODE = 'check_violation', CONSTRAINT = 'purchase_line_claimed_stays';
  END IF;
  RETURN NEW;
END$$
"""


def trigger(function: str, when: str, table: str) -> migrations.RunSQL:
    """The trigger that calls `function`, of the same name as what it guards in `table`."""
    name = f"{function}_{table}"
    return migrations.RunSQL(
        f"CREATE TRIGGER {name} BEFORE {when} ON purchasing_{table} FOR EACH ROW EXECUTE FUNCTION {function}()",
        f"DROP TRIGGER {name} ON purchasing_{table}",
    )


class Migration(migrations.Migration):
    dependencies = [("purchasing", "0001_first")]

    operations = [
        migrations.RunSQL(VERSION, "DROP FUNCTION program_version_of_time_to_come()"),
        migrations.RunSQL(PART, "DROP FUNCTION program_version_is_whole()"),
        migrations.RunSQL(LINE, "DROP FUNCTION purchase_line_claimed_stays()"),
        trigger("program_version_of_time_to_come", "INSERT", "programversion"),
        trigger("program_version_is_whole", "INSERT", "programtier"),
        trigger("program_version_is_whole", "INSERT", "programitem"),
        trigger("purchase_line_claimed_stays", "UPDATE", "purchaseline"),
    ]
