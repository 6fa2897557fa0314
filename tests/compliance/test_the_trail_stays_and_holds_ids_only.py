"""The audit trail is append-only, kept six years by policy, and what must stay of it holds ids only."""

import re

from django.db import connection

from core.audit.models import Entry
from core.tenancy.scope import practice_scope
from infra.environment import ROOT

REMOVING = re.compile(
    r"\b(DROP|DETACH|TRUNCATE|DELETE)\b[^\n]*audit_entry|audit_entry[^\n]*\b(DROP|DELETE)\b", re.IGNORECASE
)
# Where the rest becomes a month (infra/decisions/0007): it is attached again in the same statement, with its rows.
THE_TABLE_ITSELF = re.compile(r"\b(TRIGGER|CONSTRAINT)\b")
BECOMES_A_MONTH = "ALTER TABLE audit_entry DETACH PARTITION audit_entry_rest;"


def test_nothing_in_the_product_removes_an_entry():
    found = []
    for package in ("core", "tenants", "loyalty", "frontend", "infra"):
        for path in (ROOT / package).rglob("*.py"):
            lines = [line.strip() for line in path.read_text().splitlines()]
            found += [
                line
                for line in lines
                if REMOVING.search(line) and line != BECOMES_A_MONTH and not THE_TABLE_ITSELF.search(line)
            ]
    assert found == []


def test_the_trail_outlives_the_patient(in_aurora, now):
    """No key leads from an entry to a patient, so that erasing one neither fails nor takes the entry along."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_constraint WHERE contype = 'f' AND (conrelid = 'audit_entry'::regclass"
            " OR confrelid = 'audit_entry'::regclass)"
        )
        assert cursor.fetchone() == (0,)


def test_nothing_that_people_typed_is_in_it(sign_in, aurora):
    """A patient is added, remembered, found and forgotten; of all the words none is in the trail."""
    words = ["Quillerina", "Vantongeren", "(503) 555-0177", "quill@example.org", "Keeps herons", "told the gardener"]
    olivia = sign_in("Olivia", at="aurora")
    given = {"given_name": words[0], "family_name": words[1], "phone": words[2], "email": words[3]}
    page = olivia.post("/patients/new/", given)
    patient = page.headers["Location"].split("/patients/")[1].split("/")[0]
    kept = {"text": words[4], "source": words[5], "part": "remember", "sensitivity": "team"}
    assert olivia.post(f"/patients/{patient}/memories/", kept).status_code == 303
    for text in words:
        assert olivia.get("/patients/", {"q": text}).status_code == 200
    with practice_scope(aurora):
        entries = list(Entry.objects.filter(role="owner").values())
    assert len(entries) == 2 + len(words)
    assert [text for text in words if text.lower() in str(entries).lower()] == []
