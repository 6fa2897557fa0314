"""Consents and suppressions are history: the database itself refuses to change or to lose them.

A merge may give a consent to the surviving patient. An erasure says so in its transaction, with the patient it erases:
`SET LOCAL perennial.erasing = '<patient id>'`.
"""

from django.db import migrations

CONSENT = """
CREATE FUNCTION consent_is_history() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF current_setting('perennial.erasing', true) IS DISTINCT FROM OLD.patient_id::text THEN
            RAISE EXCEPTION 'a consent is history: it is not deleted' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN OLD;
    END IF;
    IF to_jsonb(NEW) - 'patient_id' - 'updated_at' IS DISTINCT FROM to_jsonb(OLD) - 'patient_id' - 'updated_at' THEN
        RAISE EXCEPTION 'a consent is history: a new answer is a new row' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
"""
SUPPRESSION = """
CREATE FUNCTION suppression_is_history() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a suppression is history: it is lifted, not deleted' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF OLD.lifted_at IS NOT NULL AND NEW.lifted_at IS DISTINCT FROM OLD.lifted_at
    OR to_jsonb(NEW) - ARRAY['lifted_at', 'lifted_by_person_id', 'lifted_because', 'consent_id', 'updated_at']
       IS DISTINCT FROM
       to_jsonb(OLD) - ARRAY['lifted_at', 'lifted_by_person_id', 'lifted_because', 'consent_id', 'updated_at'] THEN
        RAISE EXCEPTION 'a suppression is history: it may only be lifted, once' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
"""


def trigger(table: str) -> str:
    return (
        f"CREATE TRIGGER {table}_is_history BEFORE UPDATE OR DELETE ON loyalty_{table}"
        f" FOR EACH ROW EXECUTE FUNCTION {table}_is_history()"
    )


def without(table: str) -> list[str]:
    return [f"DROP TRIGGER {table}_is_history ON loyalty_{table}", f"DROP FUNCTION {table}_is_history()"]


class Migration(migrations.Migration):
    dependencies = [("loyalty", "0005_messages")]

    operations = [
        migrations.RunSQL([CONSENT, trigger("consent")], without("consent")),
        migrations.RunSQL([SUPPRESSION, trigger("suppression")], without("suppression")),
    ]
