"""Servers that run elsewhere: their addresses, and whether they will do."""

from collections.abc import Mapping

import psycopg
import redis
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from infra.launch.address import DATABASE, Broker, Database, login_url
from infra.launch.bootstrap import APP, OWNER, bootstrap, check_superuser
from infra.launch.errors import LaunchError
from infra.launch.keys import Keys
from infra.launch.versions import OLDEST_POSTGRES, notes_on

CONNECT_SECONDS = 5
# Databases every server has; ours goes beside them, never into them.
NOT_OURS = ("", "postgres", "template0", "template1")


def external_database(*, environment: Mapping[str, str], keys: Keys) -> Database | None:
    """The database named by DATABASE_URL, or None when it is not set.

    With DATABASE_OWNER_URL both are used as they are. Alone, DATABASE_URL is an administrator's address: roles and
    database are made there and both addresses are derived from it. Raises LaunchError when it will not do.
    """
    url = environment.get("DATABASE_URL", "")
    owner_url = environment.get("DATABASE_OWNER_URL", "")
    if not url:
        if owner_url:
            raise LaunchError(
                "DATABASE_OWNER_URL is set but DATABASE_URL is not. Set both, or set DATABASE_URL alone to an "
                "administrator's address, or neither to run the embedded PostgreSQL."
            )
        return None
    if owner_url:
        notes = check_database(url, variable="DATABASE_URL")
        check_database(owner_url, variable="DATABASE_OWNER_URL")
        return Database(app_url=url, owner_url=owner_url, notes=notes)
    notes = check_database(url, variable="DATABASE_URL")
    named = str(conninfo_to_dict(url).get("dbname") or "")
    database = DATABASE if named in NOT_OURS else named
    app_url = login_url(url, user=APP, password=keys.app_password, database=database)
    derived_owner_url = login_url(url, user=OWNER, password=keys.owner_password, database=database)
    _check_not_of_another(url, owner_url=login_url(url, user=OWNER, password=keys.owner_password, database="postgres"))
    bootstrap(admin_conninfo=url, database=database, owner_password=keys.owner_password, app_password=keys.app_password)
    return Database(app_url=app_url, owner_url=derived_owner_url, notes=notes)


def check_database(url: str, *, variable: str) -> tuple[str, ...]:
    """Connect once. Returns notes for an old server; raises LaunchError when it is unreachable, too old or pooled."""
    try:
        conninfo = make_conninfo(url, connect_timeout=CONNECT_SECONDS)
    except psycopg.ProgrammingError as error:
        raise LaunchError(
            f"{variable} cannot be read ({str(error).strip()}). It looks like postgresql://user:password@host:5432/database."
        ) from error
    try:
        with psycopg.connect(conninfo, autocommit=True) as first, psycopg.connect(conninfo, autocommit=True) as second:
            version = first.info.server_version
            shared = _backend(first) == _backend(second)
    except psycopg.OperationalError as error:
        raise LaunchError(
            f"The database in {variable} does not take our connection: {' '.join(str(error).split())}. Check that it "
            "runs and that host, port, user and password are right. To use the embedded PostgreSQL, unset it."
        ) from error
    major = version // 10000
    if major < OLDEST_POSTGRES:
        raise LaunchError(
            f"The database in {variable} is PostgreSQL {major}; Perennial needs {OLDEST_POSTGRES} or later, best 18. "
            "Upgrade the server, or unset the variable to use the embedded PostgreSQL 18. Nothing was changed."
        )
    if shared:
        raise LaunchError(
            f"{variable} leads to a connection pooler in transaction mode, which mixes up practices: each of our "
            "sessions holds the role of one practice. Give the server's own address, or set the pooler to session mode."
        )
    return notes_on(major)


def external_broker(*, environment: Mapping[str, str]) -> Broker | None:
    """The server named by BROKER_URL, or None when it is not set. Raises LaunchError when it does not answer."""
    url = environment.get("BROKER_URL", "")
    if not url:
        return None
    try:
        with redis.Redis.from_url(url, socket_connect_timeout=CONNECT_SECONDS) as client:
            client.ping()
    except (ValueError, redis.RedisError) as error:
        raise LaunchError(
            f"The server in BROKER_URL does not answer: {error}. Check that it runs and that host, port and password "
            "are right (redis://:password@host:6379/0). To use the embedded Valkey, unset it."
        ) from error
    return Broker(url=url)


def _backend(connection: psycopg.Connection) -> int:
    """The server process that answers. Two open connections share one only through a transaction pooler."""
    row = connection.execute("SELECT pg_backend_pid()").fetchone()
    return int(row[0]) if row is not None else 0


def _check_not_of_another(url: str, *, owner_url: str) -> None:
    """Roles belong to the whole server: setting their passwords would lock another installation out."""
    with psycopg.connect(url, autocommit=True) as admin:
        check_superuser(admin)
        taken = admin.execute(
            "SELECT 1 FROM pg_authid WHERE rolname = %s AND rolpassword IS NOT NULL", [OWNER]
        ).fetchone()
    if taken is None:
        return
    try:
        psycopg.connect(owner_url, connect_timeout=CONNECT_SECONDS).close()
    except psycopg.OperationalError as error:
        raise LaunchError(
            f"The server in DATABASE_URL already has the login {OWNER}, with a password that is not in this data "
            "folder: it belongs to another installation, whose logins stay as they are. Use that installation's data "
            "folder, give both DATABASE_URL and DATABASE_OWNER_URL, or drop the role if nobody uses it."
        ) from error
