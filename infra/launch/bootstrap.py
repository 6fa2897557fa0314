"""Makes the logins, the database and its rights. Run by a superuser, any number of times with the same result.

Three roles stand for three powers: `perennial_owner` migrates and makes practice roles, `perennial_app` serves
requests and owns nothing, `perennial_practice` is what every practice's own role is a member of.
"""

import psycopg
from psycopg import Connection
from psycopg.conninfo import make_conninfo
from psycopg.sql import SQL, Composed, Identifier, Literal

from infra.launch.errors import LaunchError

OWNER, APP, PRACTICE = "perennial_owner", "perennial_app", "perennial_practice"
EXTENSIONS = ("citext", "pg_trgm", "btree_gist", "unaccent")
GRANT_OPTIONS_SINCE = 160000


def bootstrap(*, admin_conninfo: str, database: str, owner_password: str, app_password: str) -> None:
    """Bring the server behind `admin_conninfo` to the state the product needs.

    Raises LaunchError when the login is no superuser or an extension is not installed on the server, and
    psycopg.OperationalError when the server cannot be reached.
    """
    with psycopg.connect(admin_conninfo, autocommit=True) as admin:
        check_superuser(admin)
        # One at a time: two that started together would trip over each other's half-made roles and extensions.
        admin.execute("SELECT pg_advisory_lock(hashtext('perennial bootstrap'))")
        with admin.transaction():
            _make_roles(admin, owner_password=owner_password, app_password=app_password)
        _make_database(admin, database)
        with psycopg.connect(make_conninfo(admin_conninfo, dbname=database)) as inside:
            _make_extensions(inside)
            _set_rights(inside, database)
            _make_unaccent(inside)


def check_superuser(admin: Connection) -> None:
    """Raises LaunchError when the connection's login is none."""
    row = admin.execute("SELECT current_user, rolsuper FROM pg_roles WHERE rolname = current_user").fetchone()
    if row is None or not row[1]:
        name = row[0] if row else "?"
        raise LaunchError(
            f"The login {name!r} is no superuser of this PostgreSQL server, so it cannot set the rights that keep "
            "practices apart. Give an administrator's address, or have an administrator run "
            "`DATABASE_ADMIN_URL=... python -m infra.launch bootstrap` once and give DATABASE_URL and "
            "DATABASE_OWNER_URL afterwards. Nothing was changed."
        )


def _make_roles(admin: Connection, *, owner_password: str, app_password: str) -> None:
    present = {name for (name,) in admin.execute("SELECT rolname FROM pg_roles").fetchall()}
    for name in (OWNER, APP, PRACTICE):
        if name not in present:
            admin.execute(SQL("CREATE ROLE {}").format(Identifier(name)))
    # Everything is said each time: a role that was changed by hand goes back to what it must be.
    admin.execute(
        SQL(
            "ALTER ROLE {} LOGIN INHERIT CREATEROLE NOSUPERUSER NOCREATEDB NOREPLICATION NOBYPASSRLS PASSWORD {}"
        ).format(Identifier(OWNER), _scram(admin, OWNER, owner_password))
    )
    admin.execute(
        SQL(
            "ALTER ROLE {} LOGIN NOINHERIT NOCREATEROLE NOSUPERUSER NOCREATEDB NOREPLICATION NOBYPASSRLS PASSWORD {}"
        ).format(Identifier(APP), _scram(admin, APP, app_password))
    )
    admin.execute(
        SQL("ALTER ROLE {} NOLOGIN NOCREATEROLE NOSUPERUSER NOCREATEDB NOREPLICATION NOBYPASSRLS").format(
            Identifier(PRACTICE)
        )
    )
    # Set here because set_config, which Django would call on each connection, is closed to the application.
    for name in (OWNER, APP):
        admin.execute(SQL("ALTER ROLE {} SET timezone = 'UTC'").format(Identifier(name)))
    for setting, value in (
        ("statement_timeout", "30s"),
        ("idle_in_transaction_session_timeout", "60s"),
        ("lock_timeout", "5s"),
    ):
        admin.execute(SQL("ALTER ROLE {} SET {} = {}").format(Identifier(APP), Identifier(setting), Literal(value)))
    # The owner makes a role for each practice and grants it this one, so it needs the right to grant it on.
    admin.execute(SQL("GRANT {} TO {} WITH ADMIN OPTION").format(Identifier(PRACTICE), Identifier(OWNER)))


def _scram(admin: Connection, role: str, password: str) -> Literal:
    """The password's SCRAM verifier, so that no statement log ever holds the password itself."""
    verifier = admin.pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256")
    return Literal(verifier.decode())


def _make_database(admin: Connection, database: str) -> None:
    found = admin.execute("SELECT pg_encoding_to_char(encoding) FROM pg_database WHERE datname = %s", [database])
    row = found.fetchone()
    if row is None:
        admin.execute(SQL("CREATE DATABASE {} OWNER {}").format(Identifier(database), Identifier(OWNER)))
        row = admin.execute(
            "SELECT pg_encoding_to_char(encoding) FROM pg_database WHERE datname = %s", [database]
        ).fetchone()
    if row is not None and row[0] != "UTF8":
        raise LaunchError(
            f"The database {database!r} is kept in {row[0]}; names need UTF8. Nothing was lost. Make it anew with "
            f"`CREATE DATABASE {database} TEMPLATE template0 ENCODING 'UTF8'` and start again."
        )
    admin.execute(SQL("ALTER DATABASE {} OWNER TO {}").format(Identifier(database), Identifier(OWNER)))


def _make_extensions(admin: Connection) -> None:
    offered = {name for (name,) in admin.execute("SELECT name FROM pg_available_extensions").fetchall()}
    missing = [name for name in EXTENSIONS if name not in offered]
    if missing:
        raise LaunchError(
            f"This PostgreSQL server lacks the extensions {', '.join(missing)}. Install its contrib modules (on Debian "
            "the package postgresql-contrib) and start again. Nothing was lost."
        )
    for name in EXTENSIONS:
        admin.execute(SQL("CREATE EXTENSION IF NOT EXISTS {} SCHEMA public").format(Identifier(name)))


def _set_rights(admin: Connection, database: str) -> None:
    owner, app, practice, place = Identifier(OWNER), Identifier(APP), Identifier(PRACTICE), Identifier(database)
    statements: list[Composed | SQL] = [
        SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(place),
        SQL("GRANT CONNECT ON DATABASE {} TO {}, {}").format(place, owner, app),
        SQL("REVOKE ALL ON SCHEMA public FROM PUBLIC"),
        SQL("GRANT USAGE, CREATE ON SCHEMA public TO {}").format(owner),
        SQL("GRANT USAGE ON SCHEMA public TO {}, {}").format(app, practice),
        # An injected set_config could change the search path or the role. SET statements cannot be part of a query.
        SQL("REVOKE EXECUTE ON FUNCTION pg_catalog.set_config(text, text, boolean) FROM PUBLIC"),
        SQL("GRANT EXECUTE ON FUNCTION pg_catalog.set_config(text, text, boolean) TO {}").format(owner),
        # Updating this view calls set_config.
        SQL("REVOKE UPDATE ON pg_catalog.pg_settings FROM PUBLIC"),
    ]
    for statement in statements:
        admin.execute(statement)
    _close_large_objects(admin)


def _close_large_objects(admin: Connection) -> None:
    """Large objects lie outside of every schema: an injected query could fill the disk with them or pass notes."""
    found = admin.execute(
        "SELECT oid::regprocedure::text FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace"
        r" AND (proname LIKE 'lo\_%' OR proname IN ('loread', 'lowrite'))"
    ).fetchall()
    for (signature,) in found:
        admin.execute(SQL("REVOKE EXECUTE ON FUNCTION pg_catalog.") + SQL(signature) + SQL(" FROM PUBLIC"))


def _make_unaccent(admin: Connection) -> None:
    """An unaccent that indexes may use.

    The extension's own is only STABLE because its dictionary is looked up by the search path; named by its schema the
    dictionary is fixed. The inner function is C, so that the planner can inline the outer one.
    """
    admin.execute(
        "CREATE OR REPLACE FUNCTION public.immutable_unaccent(regdictionary, text) RETURNS text "
        "LANGUAGE c IMMUTABLE PARALLEL SAFE STRICT AS '$libdir/unaccent', 'unaccent_dict'"
    )
    admin.execute(
        "CREATE OR REPLACE FUNCTION public.immutable_unaccent(text) RETURNS text "
        "LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT "
        "RETURN public.immutable_unaccent('public.unaccent'::regdictionary, $1)"
    )
    for signature in ("regdictionary, text", "text"):
        function = SQL("public.immutable_unaccent(") + SQL(signature) + SQL(")")
        admin.execute(SQL("REVOKE ALL ON FUNCTION {} FROM PUBLIC").format(function))
        admin.execute(
            SQL("GRANT EXECUTE ON FUNCTION {} TO {}, {}, {}").format(
                function, Identifier(OWNER), Identifier(APP), Identifier(PRACTICE)
            )
        )
