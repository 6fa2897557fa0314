"""Makes and runs the embedded PostgreSQL: one cluster, loopback and a private socket, passwords by SCRAM."""

import os
import pwd
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg.conninfo import make_conninfo

from infra.launch.account import Account
from infra.launch.errors import LaunchError
from infra.launch.leftover import stop_leftover
from infra.launch.ports import LOOPBACK, free_port
from infra.launch.process import Child
from infra.launch.programs import PostgresPrograms

ADMIN = "perennial_admin"
# The kernel's limit for a socket's address, its closing zero included, on Linux and on macOS.
SOCKET_PATH_LIMIT = 107 if sys.platform == "linux" else 103
START_PATIENCE = 120.0
PORT_ATTEMPTS = 5

# Small: one practice network on one laptop. Locks: a migration may touch every table of many schemas at once.
SETTINGS: Mapping[str, str] = {
    "shared_buffers": "64MB",
    "max_connections": "60",
    "max_locks_per_transaction": "512",
    "work_mem": "8MB",
    "maintenance_work_mem": "64MB",
    "min_wal_size": "80MB",
    "max_wal_size": "512MB",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_worker_processes": "4",
    "max_parallel_workers": "2",
    "max_logical_replication_workers": "0",
    "jit": "off",
    "password_encryption": "scram-sha-256",
    "TimeZone": "UTC",
    "log_timezone": "UTC",
    "log_destination": "stderr",
    "logging_collector": "off",
}
# A throw-away cluster need not survive a power cut.
EPHEMERAL_SETTINGS: Mapping[str, str] = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}


@dataclass(frozen=True, kw_only=True)
class Postgres:
    child: Child
    port: int
    # Logs in as the superuser through the private socket; the kernel vouches for the account, there is no password.
    admin_conninfo: str


def make_cluster(
    *, home: Path, programs: PostgresPrograms, account: Account | None, logs: Path, ephemeral: bool
) -> None:
    """Make the cluster unless it is there. It is made beside its place and renamed: there is never half of one."""
    cluster = home / "cluster"
    if cluster.exists():
        _check_cluster(cluster, programs)
        return
    draft = home / "cluster.making"
    shutil.rmtree(draft, ignore_errors=True)
    if draft.exists():
        raise LaunchError(f"{draft}, left by a start that was cut short, cannot be removed. Delete it and start again.")
    # The locale is built into PostgreSQL since 17, so text compares alike on every machine.
    built_in = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
    of_system = ["--locale=C.UTF-8" if sys.platform == "linux" else "--locale=en_US.UTF-8"]
    command: list[str | Path] = [
        programs.folder / "initdb",
        f"--pgdata={draft}",
        f"--username={ADMIN}",
        "--encoding=UTF8",
        "--auth=reject",
        "--no-instructions",
        *(built_in if programs.major >= 17 else of_system),
        *(["--no-sync"] if ephemeral else []),
    ]
    child = Child.start(
        command, name="initdb", log=logs / "initdb.log", account=account, environment=_environment(), folder=home
    )
    try:
        code = child.wait()
    finally:
        child.end(patience=0)
    if code != 0:
        shutil.rmtree(draft, ignore_errors=True)
        said = child.last_lines()
        if "No space left on device" in said:
            raise LaunchError(
                f"The disk of {home} filled up while the database was made. Free some space and start again."
            )
        raise LaunchError(f"PostgreSQL could not make its data folder {cluster}. Its last words:\n{said}")
    draft.rename(cluster)


def _check_cluster(cluster: Path, programs: PostgresPrograms) -> None:
    version = cluster / "PG_VERSION"
    if not version.exists() or not (cluster / "global" / "pg_control").exists():
        raise LaunchError(
            f"{cluster} is no complete PostgreSQL data folder: files were taken from it. Nothing was changed. Put it "
            "back from a backup, or, to begin with an empty database, move it away and start again."
        )
    major = int(version.read_text().strip().split(".")[0])
    if major != programs.major:
        raise LaunchError(
            f"The database in {cluster} was made by PostgreSQL {major}, and this launch would run PostgreSQL "
            f"{programs.version}, which cannot read it. Nothing was changed. Write it out with the release of "
            "Perennial that made it (`python -m infra.launch exec -- sh -c 'pg_dump $DATABASE_OWNER_URL > "
            f"perennial.sql'`), move {cluster} "
            "away, start this release, and read perennial.sql back in with psql."
        )


@contextmanager
def running_postgres(
    *, home: Path, programs: PostgresPrograms, account: Account | None, logs: Path, ephemeral: bool
) -> Iterator[Postgres]:
    """Start the server on a free port; yields once it answers and stops it afterwards."""
    cluster = home / "cluster"
    stop_leftover(pid_file=cluster / "postmaster.pid", folder=cluster, stop_signal=signal.SIGINT)
    _write_access_rules(cluster, account)
    with _socket_folder(home, account) as sockets:
        postgres = _started(
            cluster=cluster, sockets=sockets, programs=programs, account=account, logs=logs, ephemeral=ephemeral
        )
        try:
            yield postgres
        finally:
            postgres.child.ask_to_stop()
            postgres.child.end(patience=30)


def _started(
    *, cluster: Path, sockets: Path, programs: PostgresPrograms, account: Account | None, logs: Path, ephemeral: bool
) -> Postgres:
    for _attempt in range(PORT_ATTEMPTS):
        port = free_port()
        settings = {
            **SETTINGS,
            **(EPHEMERAL_SETTINGS if ephemeral else {}),
            "listen_addresses": LOOPBACK,
            "port": str(port),
            "unix_socket_directories": str(sockets),
            "unix_socket_permissions": "0700",
        }
        command: list[str | Path] = [
            programs.folder / "postgres",
            "-D",
            cluster,
            *(f"--{name}={value}" for name, value in settings.items()),
        ]
        child = Child.start(
            command,
            name="postgres",
            log=logs / "postgres.log",
            account=account,
            environment=_environment(),
            folder=cluster,
            # Fast shutdown: it disconnects clients and writes a checkpoint. A throw-away one just goes.
            stop_signal=signal.SIGQUIT if ephemeral else signal.SIGINT,
        )
        conninfo = make_conninfo(host=str(sockets), port=port, user=ADMIN, dbname="postgres", connect_timeout=5)
        try:
            if _answers(child, conninfo):
                return Postgres(child=child, port=port, admin_conninfo=conninfo)
        except BaseException:
            child.ask_to_stop()
            child.end(patience=30)
            raise
        child.end(patience=0)
        said = child.last_lines()
        if "Address already in use" not in said:
            raise LaunchError(_why_not(cluster, said))
    raise LaunchError(f"No free port was found for PostgreSQL in {PORT_ATTEMPTS} attempts. Start again.")


def _answers(child: Child, conninfo: str) -> bool:
    """Wait until the server takes connections. False when it ended instead; after a crash it first recovers."""
    deadline = time.monotonic() + START_PATIENCE
    while child.alive:
        try:
            psycopg.connect(conninfo).close()
            return True
        except psycopg.OperationalError as error:
            if time.monotonic() > deadline:
                raise LaunchError(
                    f"PostgreSQL did not take connections within {START_PATIENCE:.0f} seconds ({error}). Nothing was "
                    f"lost. If it is still recovering from a crash, start again. Its last words:\n{child.last_lines()}"
                ) from error
        time.sleep(0.02)
    return False


def _why_not(cluster: Path, said: str) -> str:
    if "No space left on device" in said:
        return f"The disk of {cluster} is full, so PostgreSQL cannot start. Nothing was lost. Free some space first."
    return f"PostgreSQL did not start on {cluster}. Nothing was changed by this launch. Its last words:\n{said}"


def _write_access_rules(cluster: Path, account: Account | None) -> None:
    """The superuser only through the socket and only for the accounts that launch; everybody else by password."""
    accounts = {pwd.getpwuid(os.geteuid()).pw_name, *([account.name] if account is not None else [])}
    (cluster / "pg_ident.conf").write_text("".join(f'launch "{name}" {ADMIN}\n' for name in sorted(accounts)))
    (cluster / "pg_hba.conf").write_text(
        f"local all {ADMIN} peer map=launch\n"
        f"host  all {ADMIN} all  reject\n"
        "local all all scram-sha-256\n"
        f"host  all all {LOOPBACK}/32 scram-sha-256\n"
    )


@contextmanager
def _socket_folder(home: Path, account: Account | None) -> Iterator[Path]:
    """Where the socket lives: beside the cluster, or below the temporary folder when that path cannot be used.

    It may be too long, and to the client library a comma would begin a second host.
    """
    folder = home / "socket"
    if len(os.fsencode(folder / ".s.PGSQL.65535")) < SOCKET_PATH_LIMIT and "," not in str(folder):
        folder.mkdir(mode=0o700, exist_ok=True)
        if account is not None:
            os.chown(folder, account.uid, account.gid)
        yield folder
        return
    with tempfile.TemporaryDirectory(prefix="perennial-") as short:
        if account is not None:
            os.chown(short, account.uid, account.gid)
        yield Path(short)


def _environment() -> dict[str, str]:
    """Nothing of the launcher's own: no PG* variable may redirect the server, no secret may sit in its environment."""
    return {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}
