"""Finds the organization of visits that do not name it, and of patients."""

# ruff: noqa: S608 - the statements are put together from constants of this package

import sqlite3


def found(kind: str, key: str) -> str:
    """SQL for the seq of the resource that `key` refers to, by its id or an alias; NULL where there is none."""
    table = kind.lower()
    return (
        f"COALESCE((SELECT seq FROM {table} WHERE id = {key}), (SELECT t.seq FROM alias a JOIN {table} t ON t.id = a.id"
        f" WHERE a.kind = '{kind}' AND a.key = {key}))"
    )


def find_organizations(db: sqlite3.Connection) -> None:
    """Fills `home`, and `practice` where a visit names no organization, from the surest sign to the weakest.

    Its location's organization; its patient's managing organization; the only organization its practitioner works in,
    and the only one its patient goes to, by the visits that do tell. A visit that names an organization which does not
    exist stays without: guessing would put a patient into a stranger's practice.
    """
    home = found("Organization", "j.value")
    db.execute(
        f"INSERT INTO home SELECT p.seq, (SELECT {home} AS o FROM json_each(p.organization_keys) j WHERE o IS NOT NULL"
        " LIMIT 1) AS practice FROM patient p WHERE p.organization_keys IS NOT NULL AND practice IS NOT NULL"
    )
    untold = "practice IS NULL AND visit IN (SELECT seq FROM visit WHERE organization_key IS NULL)"
    of_location = f"SELECT {found('Organization', 'l.organization_key')} FROM location l WHERE l.seq = placed.location"
    db.execute(f"UPDATE placed SET practice = ({of_location}) WHERE {untold}")
    of_patient = "SELECT practice FROM home h WHERE h.patient = placed.patient"
    db.execute(f"UPDATE placed SET practice = ({of_patient}) WHERE {untold}")
    for who in ("practitioner", "patient"):
        if not db.execute(f"SELECT 1 FROM placed WHERE {untold} LIMIT 1").fetchone():
            return
        db.execute(
            f"CREATE TABLE only_of_{who} AS SELECT {who} AS seq, min(practice) AS practice FROM placed"
            f" WHERE practice IS NOT NULL AND {who} IS NOT NULL GROUP BY {who} HAVING min(practice) = max(practice)"
        )
        db.execute(f"CREATE UNIQUE INDEX only_of_{who}_once ON only_of_{who} (seq)")
        of_only = f"SELECT o.practice FROM only_of_{who} o WHERE o.seq = placed.{who}"
        db.execute(f"UPDATE placed SET practice = ({of_only}) WHERE {untold}")
