"""What filters of the list of patients ask, kept beside each patient by the database itself; disclosures as history.

Fifty thousand patients are filtered in milliseconds only where nobody has to add up their visits first. Whoever writes
visits, answers or consents (a person, an import, a merge, an erasure) keeps the table right without knowing of it. It
has no model: it holds nothing that is not in the rows it is made from.

It has no foreign key either: a deleted patient's row goes by a trigger, and nobody takes it for a record of theirs.
Triggers run once a statement, so that an import of a hundred thousand visits is one recomputation. Each locks the
patients' rows here before it reads, so that of two at once the second sees what the first wrote.
"""

from django.db import migrations

TABLE = """
CREATE TABLE loyalty_standing (
    patient_id uuid PRIMARY KEY,
    last_visit_on date,
    open_until date,
    last_score smallint,
    texts_ok boolean NOT NULL DEFAULT false,
    emails_ok boolean NOT NULL DEFAULT false
)
"""
INDEXES = [
    "CREATE INDEX standing_last_visit ON loyalty_standing (last_visit_on DESC, patient_id DESC)"
    " WHERE last_visit_on IS NOT NULL",
    "CREATE INDEX standing_open ON loyalty_standing (open_until) WHERE open_until IS NOT NULL",
    "CREATE INDEX standing_score ON loyalty_standing (last_score) WHERE last_score IS NOT NULL",
]
LOCK = """
CREATE FUNCTION standing_lock(whom uuid[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO loyalty_standing (patient_id) SELECT i FROM unnest(whom) i ORDER BY i ON CONFLICT DO NOTHING;
    PERFORM 1 FROM loyalty_standing WHERE patient_id = ANY (whom) ORDER BY patient_id FOR NO KEY UPDATE;
END $$
"""
GONE = """
CREATE FUNCTION standing_gone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM loyalty_standing s USING old_rows o WHERE s.patient_id = o.id;
    RETURN NULL;
END $$
"""
# Each part: what is read of whom, and from which table.
PARTS = {
    "visit": """
    UPDATE loyalty_standing s SET last_visit_on = v.last, open_until = v.ahead
    FROM unnest(whom) i CROSS JOIN LATERAL (
        SELECT max(day) FILTER (WHERE status = 'completed') AS last,
            max(day) FILTER (WHERE status IN ('booked', 'confirmed', 'arrived')) AS ahead
        FROM loyalty_visit WHERE patient_id = i
    ) v
    WHERE s.patient_id = i AND (s.last_visit_on, s.open_until) IS DISTINCT FROM (v.last, v.ahead)
    """,
    "feedback": """
    UPDATE loyalty_standing s SET last_score = (
        SELECT score FROM loyalty_feedback WHERE patient_id = s.patient_id ORDER BY answered_at DESC, id DESC LIMIT 1
    ) WHERE s.patient_id = ANY (whom)
    """,
    # Of two answers at one moment the no holds.
    "consent": """
    UPDATE loyalty_standing s SET texts_ok = coalesce((
        SELECT granted FROM loyalty_consent WHERE patient_id = s.patient_id AND channel = 'text' AND purpose = 'visits'
        ORDER BY decided_at DESC, granted, id DESC LIMIT 1
    ), false), emails_ok = coalesce((
        SELECT granted FROM loyalty_consent WHERE patient_id = s.patient_id AND channel = 'email' AND purpose = 'visits'
        ORDER BY decided_at DESC, granted, id DESC LIMIT 1
    ), false) WHERE s.patient_id = ANY (whom)
    """,
}
MATTERS = {
    "visit": "(n.patient_id, n.status, n.day) IS DISTINCT FROM (o.patient_id, o.status, o.day)",
    "feedback": "(n.patient_id, n.score, n.answered_at) IS DISTINCT FROM (o.patient_id, o.score, o.answered_at)",
    "consent": "n.patient_id IS DISTINCT FROM o.patient_id",
}
FILL = [
    """
    INSERT INTO loyalty_standing (patient_id, last_visit_on, open_until)
    SELECT patient_id, max(day) FILTER (WHERE status = 'completed'),
        max(day) FILTER (WHERE status IN ('booked', 'confirmed', 'arrived'))
    FROM loyalty_visit GROUP BY patient_id
    """,
    """
    INSERT INTO loyalty_standing (patient_id, last_score)
    SELECT DISTINCT ON (patient_id) patient_id, score FROM loyalty_feedback ORDER BY patient_id, answered_at DESC, id DESC
    ON CONFLICT (patient_id) DO UPDATE SET last_score = excluded.last_score
    """,
    """
    INSERT INTO loyalty_standing (patient_id, texts_ok, emails_ok)
    SELECT patient_id, bool_or(granted AND channel = 'text'), bool_or(granted AND channel = 'email') FROM (
        SELECT DISTINCT ON (patient_id, channel) patient_id, channel, granted FROM loyalty_consent
        WHERE channel IN ('text', 'email') AND purpose = 'visits'
        ORDER BY patient_id, channel, decided_at DESC, granted, id DESC
    ) newest GROUP BY patient_id
    ON CONFLICT (patient_id) DO UPDATE SET texts_ok = excluded.texts_ok, emails_ok = excluded.emails_ok
    """,
]
DISCLOSURE = """
CREATE FUNCTION disclosure_is_history() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF current_setting('perennial.erasing', true) IS DISTINCT FROM OLD.patient_id::text THEN
            RAISE EXCEPTION 'a disclosure is history: it is struck out, not deleted'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN OLD;
    END IF;
    IF OLD.struck_at IS NOT NULL AND NEW.struck_at IS DISTINCT FROM OLD.struck_at
    OR to_jsonb(NEW) - ARRAY['patient_id', 'struck_at', 'struck_because', 'struck_by', 'updated_at']
       IS DISTINCT FROM
       to_jsonb(OLD) - ARRAY['patient_id', 'struck_at', 'struck_because', 'struck_by', 'updated_at'] THEN
        RAISE EXCEPTION 'a disclosure is history: it may only be struck out, once'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
"""

_UPDATED = (
    "SELECT array_agg(DISTINCT one) FROM new_rows n JOIN old_rows o ON o.id = n.id"
    " CROSS JOIN LATERAL (VALUES (n.patient_id), (o.patient_id)) both_of(one) WHERE"
)


def functions(table: str) -> list[str]:
    recompute = (
        f"CREATE FUNCTION standing_by_{table}(whom uuid[]) RETURNS void LANGUAGE plpgsql AS $$ BEGIN"
        f" IF whom IS NULL THEN RETURN; END IF; PERFORM standing_lock(whom); {PARTS[table]}; END $$"
    )
    on = {
        "insert": "SELECT array_agg(DISTINCT patient_id) FROM new_rows",
        "delete": "SELECT array_agg(DISTINCT o.patient_id) FROM old_rows o JOIN loyalty_patient p ON p.id = o.patient_id",
        "update": " ".join((_UPDATED, MATTERS[table])),
    }
    seen = {"insert": "NEW TABLE AS new_rows", "delete": "OLD TABLE AS old_rows"}
    seen["update"] = f"{seen['insert']} {seen['delete']}"
    statements = [recompute]
    for event, whom in on.items():
        statements += [
            f"CREATE FUNCTION standing_{table}_{event}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            f" PERFORM standing_by_{table}(({whom})); RETURN NULL; END $$",
            f"CREATE TRIGGER standing_{event} AFTER {event.upper()} ON loyalty_{table} REFERENCING {seen[event]}"
            f" FOR EACH STATEMENT EXECUTE FUNCTION standing_{table}_{event}()",
        ]
    return statements


def without(table: str) -> list[str]:
    statements = []
    for event in ("insert", "delete", "update"):
        statements += [
            f"DROP TRIGGER standing_{event} ON loyalty_{table}",
            f"DROP FUNCTION standing_{table}_{event}()",
        ]
    return [*statements, f"DROP FUNCTION standing_by_{table}(uuid[])"]


class Migration(migrations.Migration):
    dependencies = [("loyalty", "0012_patients_requests_and_views")]

    operations = [
        migrations.RunSQL([
                TABLE,
                *INDEXES,
                *FILL,
                LOCK,
                GONE,
                "CREATE TRIGGER standing_gone AFTER DELETE ON loyalty_patient REFERENCING OLD TABLE AS old_rows"
                " FOR EACH STATEMENT EXECUTE FUNCTION standing_gone()",
            ], [
                "DROP TRIGGER standing_gone ON loyalty_patient",
                "DROP FUNCTION standing_gone()",
                "DROP FUNCTION standing_lock(uuid[])",
                "DROP TABLE loyalty_standing",
            ]),
        *(migrations.RunSQL(functions(table), without(table)) for table in PARTS),
        migrations.RunSQL(
            [
                DISCLOSURE,
                "CREATE TRIGGER disclosure_is_history BEFORE UPDATE OR DELETE ON loyalty_disclosure"
                " FOR EACH ROW EXECUTE FUNCTION disclosure_is_history()",
            ],
            ["DROP TRIGGER disclosure_is_history ON loyalty_disclosure", "DROP FUNCTION disclosure_is_history()"],
        ),
    ]
