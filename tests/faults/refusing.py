"""A database that now and then refuses: the entry, the event, or the commit itself. What was asked must then not be."""

from django.db import connections

from core.tenancy.scope import PracticeRef

# By what the row is: it refuses the same at each try, so whoever asks again is refused again.
_REFUSE = """
CREATE FUNCTION faults_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF hashtext(concat(TG_TABLE_NAME, to_jsonb(NEW) ->> TG_ARGV[0], to_jsonb(NEW) ->> TG_ARGV[1])) % 25 = 0 THEN
        RAISE EXCEPTION 'refused by the test';
    END IF;
    RETURN NEW;
END
$$
"""
_BEFORE = """
CREATE TRIGGER faults BEFORE INSERT ON {} FOR EACH ROW EXECUTE FUNCTION faults_refuse('{}', '{}')
"""
_AT_COMMIT = """
CREATE CONSTRAINT TRIGGER faults AFTER INSERT OR UPDATE ON {} DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW EXECUTE FUNCTION faults_refuse('{}', '{}')
"""
_ON = (
    (_BEFORE, "audit_entry", "subject_id", "verb"),
    (_BEFORE, "outbox_event", "record_id", "kind"),
    (_AT_COMMIT, "loyalty_patient", "id", ""),
    (_AT_COMMIT, "loyalty_visit", "id", "status"),
    (_AT_COMMIT, "loyalty_feedback", "id", ""),
)


def refuse_now_and_then(place: PracticeRef) -> None:
    """From now on about one in 25 of each is refused in this practice."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(f'SET search_path = "{place.schema_name}", public')
        for statement in (_REFUSE, *(how.format(*words) for how, *words in _ON)):
            cursor.execute(statement)
        cursor.execute("SET search_path = public")
