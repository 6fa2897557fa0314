"""Attacks sent to an injectable page, and each guard taken away to see its attack succeed."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg
import pytest
from django.db import connections
from psycopg.conninfo import conninfo_to_dict

from core.tenancy.backend import base
from core.tenancy.scope import PracticeRef, practice_scope
from loyalty.models import Patient
from tenants import middleware
from tenants.models import Practice
from tests.places import client_of, owner_of

OWN, SECRET = "own-patient", "the-other-practices-patient"


@pytest.fixture
def other(open_place: Callable[..., PracticeRef]) -> PracticeRef:
    place = open_place()
    with practice_scope(place):
        Patient.objects.create(given_name=SECRET, family_name="Secret")
    return place


@pytest.fixture
def page(open_place: Callable[..., PracticeRef], monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], str]]:
    """page(payload) → what the injectable page on the attacker's own host answered, or the database's refusal."""
    own = open_place()
    with practice_scope(own):
        Patient.objects.create(given_name=OWN, family_name="Own")
    attacker = owner_of(own)
    monkeypatch.setattr(middleware, "PRACTICE_URLS", "tests.isolation.urls")
    client = client_of(attacker, at=own.slug)

    def ask(payload: str) -> str:
        answer = client.get("/injectable/", {"name": payload})
        assert answer.status_code == 200
        said = answer.json()
        return f"refused: {said['refused']}" if "refused" in said else " ".join(str(name) for name in said["names"])

    yield ask
    attacker.delete()


def attacks(other: str) -> dict[str, str]:
    steal = f'SELECT given_name FROM "{other}".loyalty_patient'
    return {
        "qualified union": f"' UNION {steal} --",
        "stacked reset role": f"'; RESET ROLE; {steal} --",
        "stacked set role": f'\'; SET ROLE "{other}"; {steal} --',
        "injected set_config of the role": f"' UNION SELECT set_config('role', '{other}', false) --",
        "set_config and a query in one": (
            f"' UNION SELECT query_to_xml('{steal.replace(chr(39), chr(39) * 2)}', true, true, '')::text"
            f" FROM (SELECT set_config('role', '{other}', false)) AS z --"
        ),
        "set role inside query_to_xml": f"' UNION SELECT query_to_xml('SET ROLE \"{other}\"', true, true, '')::text --",
        "poisoned path for the next request": f"' UNION SELECT set_config('search_path', '{other},public', false) --",
        "people": "' UNION SELECT password FROM public.tenants_person --",
        "sessions": "' UNION SELECT session_key FROM public.tenants_session --",
        "other practices' names": "' UNION SELECT name FROM tenants_practice WHERE schema_name <> current_user --",
        "what others are asking": "' UNION SELECT query FROM pg_stat_activity WHERE usename = 'perennial_app' --",
        "large objects": "' UNION SELECT lo_create(4711)::text --",
        "a file of the server": "' UNION SELECT pg_read_file('PG_VERSION') --",
    }


ALL = "' OR 'a' = 'a"
NAMES = list(attacks("p_000000000000"))


def test_the_page_is_injectable_and_answers_its_own_practice(page):
    assert page(ALL) == OWN


@pytest.mark.parametrize("name", NAMES)
def test_an_attack_reads_nothing_of_others_and_poisons_nothing(page, other, name):
    answer = page(attacks(other.schema_name)[name])
    assert SECRET not in answer
    assert other.name not in answer
    assert "scrypt$" not in answer
    assert answer.startswith("refused: ") or set(answer.split()) <= {"<insufficient", "privilege>"}, answer
    assert page(ALL) == OWN


class TestEachGuardMatters:
    """With one guard gone, its attack must succeed: otherwise the tests above would prove nothing."""

    def test_without_the_role_a_qualified_union_leaks(self, page, other, monkeypatch):
        monkeypatch.setattr(base.DatabaseWrapper, "_entry_command", _path_only)
        connections["default"].search_path_set_schemas = None
        # The login itself owns nothing, which is a second guard behind this one: it must go, too.
        own = Practice.objects.exclude(slug__in=["aurora", "borealis", other.slug]).get()
        with as_admin(
            f'GRANT "{other.schema_name}", "{own.schema_name}" TO perennial_app WITH INHERIT TRUE',
        ) as undo:
            undo(f'GRANT "{other.schema_name}", "{own.schema_name}" TO perennial_app WITH INHERIT FALSE')
            assert SECRET in page(attacks(other.schema_name)["qualified union"])

    def test_without_the_extended_protocol_a_stacked_set_role_leaks(self, page, other, monkeypatch):
        def simple(self, query, *, force_extended=False, binary=None):
            super(base.ExtendedCursor, self)._execute_send(query, force_extended=force_extended, binary=binary)

        monkeypatch.setattr(base.ExtendedCursor, "_execute_send", simple)
        assert SECRET in page(attacks(other.schema_name)["stacked set role"])

    def test_with_set_config_open_the_next_request_is_poisoned(self, page, other):
        with as_admin("GRANT EXECUTE ON FUNCTION set_config(text, text, boolean) TO PUBLIC") as undo:
            undo("REVOKE EXECUTE ON FUNCTION set_config(text, text, boolean) FROM PUBLIC")
            answer = page(attacks(other.schema_name)["injected set_config of the role"])
            assert not answer.startswith("refused: permission denied for function set_config")

    def test_without_the_gate_people_are_read(self, page, other):
        with as_admin(
            "ALTER TABLE public.tenants_person DISABLE ROW LEVEL SECURITY",
            "GRANT SELECT ON public.tenants_person TO perennial_practice",
        ) as undo:
            undo("ALTER TABLE public.tenants_person ENABLE ROW LEVEL SECURITY")
            undo("REVOKE SELECT ON public.tenants_person FROM perennial_practice")
            assert "scrypt$" in page(attacks(other.schema_name)["people"])

    def test_without_row_level_security_other_practices_names_are_read(self, page, other):
        with as_admin("ALTER TABLE public.tenants_practice DISABLE ROW LEVEL SECURITY") as undo:
            undo("ALTER TABLE public.tenants_practice ENABLE ROW LEVEL SECURITY")
            assert other.name in page(attacks(other.schema_name)["other practices' names"])


def _path_only(self: base.DatabaseWrapper) -> str:
    return f'RESET ROLE; SET search_path = "{self.schema_name}", public'


@contextmanager
def as_admin(*statements: str) -> Iterator[Callable[[str], None]]:
    """Run statements as the superuser; what is given to the yielded function is run at the end."""
    database = conninfo_to_dict(os.environ["DATABASE_URL"])["dbname"]
    undo: list[str] = []
    with psycopg.connect(os.environ["PERENNIAL_TEST_ADMIN"], dbname=str(database), autocommit=True) as admin:
        for statement in statements:
            admin.execute(statement)
        try:
            yield undo.append
        finally:
            for statement in undo:
                admin.execute(statement)
