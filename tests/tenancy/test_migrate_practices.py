"""Migrations of practices: compiled once, applied in batches, one transaction a schema with what it is at."""

import threading
from collections.abc import Callable

import pytest
from django.db import connections, migrations, models, transaction
from django.db.migrations.loader import MigrationLoader

from core.models import PracticeSchema
from core.tenancy import compiler, migrate
from core.tenancy.compiler import CannotCompile, compile_script
from core.tenancy.scope import PracticeRef, practice_scope
from loyalty.models import Location

NAME = "9999_test"


def forwards(apps, editor):
    location = apps.get_model("loyalty", "Location")
    for row in location.objects.using(editor.connection.alias).all():
        row.name = row.name.upper()
        row.save(using=editor.connection.alias)


class Added(migrations.Migration):
    operations = [
        migrations.AddField("location", "motto", models.CharField(max_length=20, default="100% kind")),
        migrations.AddIndex("location", models.Index(fields=["motto"], name="location_motto")),
    ]


class Python(migrations.Migration):
    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]


class NotAtomic(migrations.Migration):
    atomic = False
    operations = []


@pytest.fixture
def places(open_place: Callable[..., PracticeRef]) -> list[PracticeRef]:
    return [open_place() for _ in range(3)]


@pytest.fixture
def pending(monkeypatch: pytest.MonkeyPatch, places) -> Callable[[type], None]:
    """pending(Migration) makes one more migration known to the loader, until the test ends."""
    names = [place.schema_name for place in places]
    real = PracticeSchema.objects.using("owner").filter
    monkeypatch.setattr(
        migrate, "schemas", lambda: list(real(schema_name__in=names).order_by("schema_name")), raising=True
    )

    def add(kind: type) -> None:
        built = MigrationLoader.build_graph

        def with_one_more(self):
            built(self)
            leaf = next(key for key in self.graph.leaf_nodes("loyalty"))
            migration = kind(NAME, "loyalty")
            migration.dependencies = [leaf]
            key = ("loyalty", NAME)
            self.disk_migrations[key] = migration
            self.graph.add_node(key, migration)
            self.graph.add_dependency(migration, key, leaf)

        monkeypatch.setattr(MigrationLoader, "build_graph", with_one_more)

    return add


def motto(place: PracticeRef) -> str:
    with connections["owner"].cursor() as cursor:
        cursor.execute(f'SELECT motto FROM "{place.schema_name}".loyalty_location')
        return cursor.fetchone()[0]


def applied(place: PracticeRef) -> list[str]:
    return PracticeSchema.objects.using("owner").get(schema_name=place.schema_name).applied


def test_a_new_migration_reaches_every_practice_once(places, pending):
    pending(Added)
    outcome = migrate.migrate_practices(batch=2)
    assert (outcome.migrated, outcome.failed) == (3, {})
    assert [motto(place) for place in places] == ["100% kind"] * 3
    assert all(applied(place)[-1] == f"loyalty.{NAME}" for place in places)
    again = migrate.migrate_practices()
    assert (again.migrated, again.skipped) == (0, 3)


def test_a_migration_is_compiled_once_for_all_practices(places, pending, monkeypatch):
    pending(Added)
    compiled = []
    real = compiler._compile
    monkeypatch.setattr(compiler, "_compile", lambda *a, **k: compiled.append(1) or real(*a, **k))
    migrate.migrate_practices()
    assert len(compiled) == 1


def test_python_runs_inside_each_practice(places, pending):
    pending(Python)
    assert migrate.migrate_practices().migrated == 3
    for place in places:
        with practice_scope(place):
            assert Location.objects.get().name == place.name.upper()


def test_a_locked_practice_does_not_hold_up_the_others(places, pending, monkeypatch):
    pending(Added)
    monkeypatch.setattr(migrate, "LOCK_TIMEOUT", "100ms")
    locked, held, let_go = places[1], threading.Event(), threading.Event()

    def hold() -> None:
        with practice_scope(locked), transaction.atomic():
            Location.objects.count()
            held.set()
            let_go.wait(30)
        connections["default"].close()

    holder = threading.Thread(target=hold)
    holder.start()
    assert held.wait(30)
    outcome = migrate.migrate_practices(batch=3)
    let_go.set()
    holder.join()
    assert outcome.migrated == 2
    assert list(outcome.failed) == [locked.schema_name]
    assert "run migrate_practices again" in outcome.failed[locked.schema_name]
    assert f"loyalty.{NAME}" not in applied(locked)
    assert migrate.migrate_practices().migrated == 1


def test_a_kill_in_the_middle_leaves_each_practice_before_or_after(places, pending):
    pending(Added)

    class Killed(BaseException):
        pass

    def kill(done: int) -> None:
        raise Killed

    with pytest.raises(Killed):
        migrate.migrate_practices(batch=1, progress=kill)
    assert sum(f"loyalty.{NAME}" in applied(place) for place in places) == 1
    assert migrate.migrate_practices().migrated == 2
    assert [motto(place) for place in places] == ["100% kind"] * 3


def test_a_migration_without_a_transaction_is_refused(places, pending):
    pending(NotAtomic)
    with pytest.raises(CannotCompile, match="not atomic"):
        migrate.migrate_practices()


def test_a_schema_from_newer_code_is_refused(committed):
    with pytest.raises(CannotCompile, match="newer code"):
        compile_script(before=["loyalty.0001_first", "loyalty.7777_from_the_future"])
