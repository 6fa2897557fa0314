"""What a container runs: one process each, against servers that run elsewhere."""

import os
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import NoReturn

from psycopg.conninfo import conninfo_to_dict

from infra.launch import project
from infra.launch.bootstrap import APP, OWNER, bootstrap
from infra.launch.errors import LaunchError
from infra.launch.external import check_database
from infra.launch.health import HEALTHY, health_answer

EVERYWHERE = "0.0.0.0"  # noqa: S104 - a container's port is only reachable where its host publishes it


def become_web(environment: Mapping[str, str]) -> NoReturn:
    """Replace this process by the web server, so that a container's signals reach it."""
    _require(environment, "DATABASE_URL", "BROKER_URL", "SECRET_KEY", "ENCRYPTION_KEYS")
    port = environment.get("PORT") or "8000"
    if not port.isdecimal():
        raise LaunchError(f"PORT must be a number; it is {port!r}.")
    _become(project.web(environment, host=environment.get("HOST") or EVERYWHERE, port=int(port)), environment)


def become_worker(environment: Mapping[str, str], *, beat: bool) -> NoReturn:
    """Replace this process by the worker. Exactly one worker of an installation runs the timetable (`--beat`)."""
    _require(environment, "DATABASE_URL", "BROKER_URL", "SECRET_KEY", "ENCRYPTION_KEYS")
    # The timetable's memory may be lost: every periodic job is safe to run again. The folder is nobody else's, because
    # what lies in it is unpickled.
    folder = Path(tempfile.mkdtemp(prefix="perennial-timetable-")) if beat else None
    _become(project.worker(environment, beat_folder=folder), environment)


def health(environment: Mapping[str, str]) -> int:
    """0 when the web server of this container can do its work, 1 when it cannot."""
    answer = health_answer(environment, port=int(environment.get("PORT") or "8000"))
    print(answer)
    return 0 if answer == HEALTHY else 1


def migrate(environment: Mapping[str, str]) -> int:
    """Migrate public tables, then practices. With DATABASE_ADMIN_URL roles and database are made first."""
    _require(environment, "DATABASE_URL", "DATABASE_OWNER_URL", "SECRET_KEY", "ENCRYPTION_KEYS")
    if environment.get("DATABASE_ADMIN_URL"):
        bootstrap_external(environment)
    check_database(environment["DATABASE_URL"], variable="DATABASE_URL")
    for command in ("migrate_public", "migrate_practices"):
        done = subprocess.run(
            project.manage(command), env=project.python_environment(environment), cwd=project.ROOT, check=False
        )
        if done.returncode != 0:
            return done.returncode
    return 0


def bootstrap_external(environment: Mapping[str, str]) -> None:
    """Make on an external server the logins and the database that DATABASE_URL and DATABASE_OWNER_URL name."""
    _require(environment, "DATABASE_ADMIN_URL", "DATABASE_URL", "DATABASE_OWNER_URL")
    check_database(environment["DATABASE_ADMIN_URL"], variable="DATABASE_ADMIN_URL")
    app = conninfo_to_dict(environment["DATABASE_URL"])
    owner = conninfo_to_dict(environment["DATABASE_OWNER_URL"])
    for variable, parts, role in (("DATABASE_URL", app, APP), ("DATABASE_OWNER_URL", owner, OWNER)):
        if parts.get("user") != role or not parts.get("password") or not parts.get("dbname"):
            raise LaunchError(
                f"{variable} must name the login {role}, the password you choose for it and the database: "
                f"postgresql://{role}:password@host:5432/perennial. Nothing was changed."
            )
    if app["dbname"] != owner["dbname"]:
        raise LaunchError("DATABASE_URL and DATABASE_OWNER_URL name two databases; they must name the same one.")
    bootstrap(
        admin_conninfo=environment["DATABASE_ADMIN_URL"],
        database=str(owner["dbname"]),
        owner_password=str(owner["password"]),
        app_password=str(app["password"]),
    )


def _require(environment: Mapping[str, str], *names: str) -> None:
    missing = [name for name in names if not environment.get(name)]
    if missing:
        raise LaunchError(
            f"{', '.join(missing)} must be set: this command works with servers that run elsewhere. To run everything "
            "on this machine use `make run`."
        )


def _become(command: list[str], environment: Mapping[str, str]) -> NoReturn:
    os.chdir(project.ROOT)
    os.execve(command[0], command, project.python_environment(environment))
