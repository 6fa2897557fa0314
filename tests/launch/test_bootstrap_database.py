"""The rights that keep practices apart, as bootstrap sets them, tried by the logins themselves."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import psycopg
import pytest
from psycopg import errors, sql
from psycopg.conninfo import make_conninfo

from infra.launch.bootstrap import bootstrap
from infra.launch.errors import LaunchError
from infra.launch.servers import Servers

PRACTICE = "p_0123456789ab"


def _admin(scratch: Servers, **changes: str) -> str:
    assert scratch.admin_conninfo is not None
    return make_conninfo(scratch.admin_conninfo, **changes)


def _password(url: str) -> str:
    return str(urlsplit(url).password)


@pytest.fixture
def app(scratch: Servers) -> Iterator[psycopg.Connection]:
    with psycopg.connect(scratch.database_url, autocommit=True) as connection:
        yield connection


@pytest.fixture
def owner(scratch: Servers) -> Iterator[psycopg.Connection]:
    with psycopg.connect(scratch.owner_url, autocommit=True) as connection:
        yield connection


@pytest.fixture
def practice(owner: psycopg.Connection) -> Iterator[str]:
    """A practice as the product makes one: by the owner, without any superuser."""
    name = sql.Identifier(PRACTICE)
    for statement in (
        "CREATE ROLE {} NOLOGIN",
        "GRANT perennial_practice TO {}",
        "GRANT {} TO perennial_app WITH INHERIT FALSE, SET TRUE",
        "CREATE SCHEMA {}",
        "GRANT USAGE ON SCHEMA {} TO {}",
        "ALTER DEFAULT PRIVILEGES IN SCHEMA {} GRANT SELECT, INSERT ON TABLES TO {}",
        "CREATE TABLE {}.patient (name text)",
    ):
        owner.execute(sql.SQL(statement).format(name, name))
    yield PRACTICE
    owner.execute(sql.SQL("DROP SCHEMA {} CASCADE").format(name))
    owner.execute(sql.SQL("DROP ROLE {}").format(name))


def test_each_role_has_its_powers_and_no_other(owner: psycopg.Connection) -> None:
    roles = owner.execute(
        "SELECT rolname, rolcanlogin, rolinherit, rolcreaterole, rolsuper, rolcreatedb, rolreplication, rolbypassrls "
        "FROM pg_roles WHERE rolname LIKE 'perennial_%' AND NOT rolsuper ORDER BY rolname"
    ).fetchall()
    assert roles == [
        ("perennial_app", True, False, False, False, False, False, False),
        ("perennial_owner", True, True, True, False, False, False, False),
        ("perennial_practice", False, True, False, False, False, False, False),
    ]


def test_the_application_cannot_run_away_with_the_database(app: psycopg.Connection) -> None:
    names = ("statement_timeout", "idle_in_transaction_session_timeout", "lock_timeout", "TimeZone")
    assert [app.execute(f"SHOW {name}").fetchone() for name in names] == [("30s",), ("1min",), ("5s",), ("UTC",)]


@pytest.mark.parametrize(
    "attack",
    [
        "SELECT set_config('search_path', 'p_0123456789ab', false)",
        "UPDATE pg_settings SET setting = 'p_0123456789ab' WHERE name = 'search_path'",
        "CREATE TABLE public.mine ()",
        "CREATE SCHEMA mine",
        "CREATE TEMPORARY TABLE mine ()",
        "CREATE ROLE mine",
        "SET ROLE perennial_owner",
        "SET ROLE perennial_admin",
        "SELECT name FROM p_0123456789ab.patient",
        "COPY (SELECT 1) TO '/dev/null'",
        "SELECT pg_read_file('/etc/passwd')",
    ],
)
def test_the_application_is_refused(app: psycopg.Connection, practice: str, attack: str) -> None:
    with pytest.raises(errors.InsufficientPrivilege):
        app.execute(attack)


def test_the_owner_may_use_what_the_application_may_not(owner: psycopg.Connection) -> None:
    assert owner.execute("SELECT set_config('lock_timeout', '1s', false)").fetchone() == ("1s",)
    owner.execute("CREATE TABLE public.made ()")
    owner.execute("DROP TABLE public.made")


def test_the_application_enters_a_practice_and_only_by_its_role(app: psycopg.Connection, practice: str) -> None:
    app.execute(sql.SQL("SET ROLE {}").format(sql.Identifier(practice)))
    app.execute("INSERT INTO p_0123456789ab.patient VALUES ('Rosé')")
    assert app.execute("SELECT public.immutable_unaccent(name) FROM p_0123456789ab.patient").fetchone() == ("Rose",)
    with pytest.raises(errors.InsufficientPrivilege):
        app.execute("SELECT set_config('role', 'perennial_app', false)")
    with pytest.raises(errors.InsufficientPrivilege):
        app.execute("DELETE FROM p_0123456789ab.patient")


def test_names_can_be_indexed_and_found_without_accents(owner: psycopg.Connection, app: psycopg.Connection) -> None:
    assert app.execute("SELECT public.immutable_unaccent('Zoë Nuñez Łukasz Đặng')").fetchone() == (
        "Zoe Nunez Lukasz Dang",
    )
    owner.execute("CREATE TABLE public.found (name text)")
    owner.execute("CREATE INDEX found_index ON public.found (lower(public.immutable_unaccent(name)))")
    owner.execute("SET enable_seqscan = off")
    plan = owner.execute(
        "EXPLAIN SELECT 1 FROM public.found WHERE lower(public.immutable_unaccent(name)) = 'zoe'"
    ).fetchall()
    owner.execute("DROP TABLE public.found")
    assert "found_index" in str(plan)


def test_the_extensions_stand_in_public(owner: psycopg.Connection) -> None:
    found = owner.execute(
        "SELECT extname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace "
        "WHERE n.nspname = 'public' ORDER BY extname"
    ).fetchall()
    assert found == [("btree_gist",), ("citext",), ("pg_trgm",), ("unaccent",)]


def test_strangers_cannot_connect_to_the_database(scratch: Servers) -> None:
    with psycopg.connect(_admin(scratch), autocommit=True) as admin:
        admin.execute("CREATE ROLE stranger LOGIN PASSWORD 'stranger'")
        try:
            with pytest.raises(psycopg.OperationalError, match="User does not have CONNECT privilege"):
                psycopg.connect(scratch.database_url, user="stranger", password="stranger")
        finally:
            admin.execute("DROP ROLE stranger")


def test_a_second_time_changes_nothing_and_repairs_what_was_changed(scratch: Servers) -> None:
    passwords = {
        "owner_password": _password(scratch.owner_url),
        "app_password": _password(scratch.database_url),
    }
    with psycopg.connect(_admin(scratch), autocommit=True) as admin:
        admin.execute("ALTER ROLE perennial_app INHERIT CREATEROLE PASSWORD 'changed'")
    with psycopg.connect(_admin(scratch, dbname="perennial"), autocommit=True) as admin:
        admin.execute("GRANT EXECUTE ON FUNCTION set_config(text, text, boolean) TO PUBLIC")
    for _time in range(2):
        bootstrap(admin_conninfo=_admin(scratch), database="perennial", **passwords)
    with psycopg.connect(scratch.database_url) as app:
        assert app.execute(
            "SELECT rolinherit, rolcreaterole, has_function_privilege('set_config(text, text, boolean)', 'EXECUTE') "
            "FROM pg_roles WHERE rolname = current_user"
        ).fetchone() == (False, False, False)


def test_a_login_that_is_no_superuser_is_refused_before_anything_is_done(scratch: Servers) -> None:
    with pytest.raises(LaunchError, match=r"'perennial_owner' is no superuser.*Nothing was changed"):
        bootstrap(admin_conninfo=scratch.owner_url, database="other", owner_password="x", app_password="y")
    with psycopg.connect(_admin(scratch)) as admin:
        assert admin.execute("SELECT 1 FROM pg_database WHERE datname = 'other'").fetchone() is None


def test_a_database_in_another_encoding_is_refused(scratch: Servers) -> None:
    with psycopg.connect(_admin(scratch), autocommit=True) as admin:
        admin.execute("CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1' LOCALE_PROVIDER libc LOCALE 'C'")
    with pytest.raises(LaunchError, match=r"'latin' is kept in LATIN1; names need UTF8\. Nothing was lost"):
        bootstrap(
            admin_conninfo=_admin(scratch),
            database="latin",
            owner_password=_password(scratch.owner_url),
            app_password=_password(scratch.database_url),
        )
