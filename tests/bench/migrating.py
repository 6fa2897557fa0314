"""Bringing every practice's schema to one more migration, and finding that there is nothing to do."""

from collections.abc import Iterator

from django.test import override_settings

from core.models import PracticeSchema
from core.tenancy.migrate import migrate_practices
from tests.bench.later import LATER, NAME
from tests.bench.measure import Bench, Measure
from tests.bench.network import as_owner
from tests.bench.readings import MILLI, Readings
from tests.bench.same import check_same
from tests.bench.table import Budget, Of, Row

ROUNDS = 3
# Schemas that the usual way migrates in each round; more would only take longer to say the same.
SAMPLE = 6
AT_LEAST = Budget(of=Of.RATIO, limit=25)


class Migrating(Measure):
    name = "migrating"

    def rows(self, bench: Bench) -> list[Row]:
        bench.network.grow(bench.wanted)
        while len(bench.usual.made) < SAMPLE:
            bench.usual.make()
        sample = bench.usual.made[:SAMPLE]
        migrated, idle = _Pair(), _Pair()
        for name in sample:
            bench.usual.ask("migrate", schema=name)
        with override_settings(MIGRATION_MODULES=LATER):
            for _ in range(ROUNDS):
                migrated.usual.wall += [bench.usual.ask("migrate_later", schema=name) for name in sample]
                migrated.ours.take(_all_succeed)
                with as_owner() as cursor:
                    check_same(cursor, ours=bench.network.practices[0].schema_name, usual=sample[0])
                idle.usual.wall += [bench.usual.ask("migrate_later", schema=name) for name in sample]
                idle.ours.take(_all_succeed)
                _take_back(sample)
        count = PracticeSchema.objects.count()
        return [
            migrated.row(
                f"migrate {count} practices", count, f"a column, its check and an index in each; usual: {_HOW}"
            ),
            idle.row(f"  … with nothing to do in {count}", count, ""),
        ]


_HOW = f"`migrate_schemas`, measured on {SAMPLE} schemas and scaled to all"


class _Pair:
    def __init__(self) -> None:
        self.usual, self.ours = Readings(), Readings()

    def row(self, work: str, count: int, note: str) -> Row:
        return Row(
            work=work,
            unit="ms",
            usual=self.usual.median * count * MILLI,
            usual_least=self.usual.least * count * MILLI,
            ours=self.ours.median * MILLI,
            ours_least=self.ours.least * MILLI,
            budget=AT_LEAST,
            note=note,
        )


def _all_succeed() -> None:
    outcome = migrate_practices()
    if outcome.failed:
        raise RuntimeError(f"not migrated: {outcome.failed}")


def _take_back(sample: list[str]) -> None:
    """Undo the later migration everywhere, so that the next round has the same to do."""
    with as_owner() as cursor:
        for statement in _undoing(sample):
            cursor.execute(statement)


def _undoing(sample: list[str]) -> Iterator[str]:
    for schema in [*PracticeSchema.objects.values_list("schema_name", flat=True), *sample]:
        yield f'ALTER TABLE "{schema}".loyalty_visit DROP COLUMN room'
    for schema in sample:
        yield f"DELETE FROM \"{schema}\".django_migrations WHERE name = '{NAME}'"
    yield f"UPDATE public.core_practiceschema SET applied = applied - 'loyalty.{NAME}'"
