from django.db import migrations

# Asked when the transaction ends, so that the postings of an entry may be written in any order, in as many statements.
BALANCED = """
CREATE FUNCTION entry_comes_to_zero() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT 1 FROM ledger_posting AS p WHERE p.entry_id = NEW.entry_id GROUP BY p.currency HAVING sum(p.minor) <> 0
  ) THEN
    RAISE EXCEPTION 'the postings of entry % do not come to zero', NEW.entry_id USING
      ERRCODE = 'check_violation', CONSTRAINT = 'entry_comes_to_zero';
  END IF;
  RETURN NULL;
END$$
"""
# A posting is in the currency of its account.
SAME = """
CREATE FUNCTION posting_in_its_currency() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.currency IS DISTINCT FROM (SELECT a.currency FROM ledger_account AS a WHERE a.id = NEW.account_id) THEN
    RAISE EXCEPTION 'the account is kept in another currency' USING
      ERRCODE = 'check_violation', CONSTRAINT = 'posting_in_its_currency';
  END IF;
  RETURN NEW;
END$$
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_first")]

    operations = [
        migrations.RunSQL(BALANCED, "DROP FUNCTION entry_comes_to_zero()"),
        migrations.RunSQL(SAME, "DROP FUNCTION posting_in_its_currency()"),
        migrations.RunSQL(
            "CREATE CONSTRAINT TRIGGER entry_comes_to_zero AFTER INSERT ON ledger_posting"
            " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION entry_comes_to_zero()",
            "DROP TRIGGER entry_comes_to_zero ON ledger_posting",
        ),
        migrations.RunSQL(
            "CREATE TRIGGER posting_in_its_currency BEFORE INSERT ON ledger_posting"
            " FOR EACH ROW EXECUTE FUNCTION posting_in_its_currency()",
            "DROP TRIGGER posting_in_its_currency ON ledger_posting",
        ),
    ]
