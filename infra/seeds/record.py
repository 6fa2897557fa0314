"""What was begun and what is done, written into the database itself, so that a killed run is told and goes on."""

from dataclasses import dataclass
from datetime import datetime

from core.tenancy.owner import owner_connection
from infra.seeds.plan import Plan

_TABLE = """
    CREATE TABLE IF NOT EXISTS demo.seeding (
        only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
        seed bigint NOT NULL,
        told_at timestamptz NOT NULL,
        practices integer NOT NULL,
        days integer NOT NULL,
        finished_at timestamptz
    )
"""


@dataclass(frozen=True, slots=True)
class Record:
    """The one network that was seeded into this database, whole (finished) or not."""

    plan: Plan
    finished_at: datetime | None


def read_record() -> Record | None:
    """None where nothing was ever seeded."""
    with owner_connection().cursor() as cursor:
        cursor.execute("SELECT to_regclass('demo.seeding')")
        if cursor.fetchone() == (None,):
            return None
        cursor.execute("SELECT seed, told_at, practices, days, finished_at FROM demo.seeding")
        row = cursor.fetchone()
    if row is None:
        return None
    seed, told_at, practices, days, finished_at = row
    return Record(Plan(seed=seed, now=told_at, practices=practices, days=days), finished_at)


def write_begun(plan: Plan) -> None:
    """The table lies in a schema that only the owner sees."""
    with owner_connection().cursor() as cursor:
        cursor.execute("CREATE SCHEMA IF NOT EXISTS demo")
        cursor.execute(_TABLE)
        cursor.execute(
            "INSERT INTO demo.seeding (seed, told_at, practices, days) VALUES (%s, %s, %s, %s)",
            [plan.seed, plan.now, plan.practices, plan.days],
        )


def write_finished(*, now: datetime) -> None:
    with owner_connection().cursor() as cursor:
        cursor.execute("UPDATE demo.seeding SET finished_at = %s", [now])
